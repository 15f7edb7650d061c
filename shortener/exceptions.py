"""Why the shortener refuses something."""

from portal.lib.errors import Conflict, Invalid, NotFound


class InvalidLink(Invalid):
    code = "invalid-link"
    title = "Some fields of the link are not valid."


class SlugTaken(Conflict):
    """The slug is or was in use; a deleted link keeps it for good. `suggestion` is one that was free."""

    code = "slug-taken"
    title = "This slug is taken."

    def __init__(self, *, slug: str, suggestion: str) -> None:
        text = f'The slug "{slug}" is taken; "{suggestion}" is free.'
        super().__init__(text, fields={"slug": [text]})
        self.suggestion = suggestion


class ExternalIdTaken(Conflict):
    code = "external-id-taken"
    title = "Another link of the team has this external id."


class WrongState(Conflict):
    code = "wrong-state"
    title = "The link's state does not allow this."


class NoSuchLink(NotFound):
    code = "no-such-link"
    title = "There is no such link, or you may not see it."


class NoFreeSlug(Conflict):
    code = "no-free-slug"
    title = "No free slug was found; try again."
