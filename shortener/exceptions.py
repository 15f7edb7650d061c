"""Why the shortener refuses something."""

from datetime import date

from portal.lib.errors import Conflict, Gone, Invalid, NotFound, PermissionDenied, TooManyRequests


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
        self.extensions = {"suggestion": suggestion}


class ExternalIdTaken(Conflict):
    code = "external-id-taken"
    title = "Another link of the team has this external id."


class WrongState(Conflict):
    code = "wrong-state"
    title = "The link's state does not allow this."


class NoSuchLink(NotFound):
    code = "no-such-link"
    title = "There is no such link, or you may not see it."


class LinkDeleted(Gone):
    """A tombstone; while it is in the trash, a responder of its team can restore it."""

    code = "link-deleted"
    title = "This link was deleted. While it is in the trash it can be restored; its slug stays taken for good."


class LinkPurged(Gone):
    code = "link-purged"
    title = "This link was deleted too long ago: only its slug is kept, so that nobody can take it."


class FilterNameTaken(Conflict):
    code = "filter-name-taken"
    title = "You have a saved filter of this name."


class NoFreeSlug(Conflict):
    code = "no-free-slug"
    title = "No free slug was found; try again."


class InvalidWebhook(Invalid):
    code = "invalid-webhook"
    title = "Some fields of the webhook are not valid."


class NoSuchWebhook(NotFound):
    code = "no-such-webhook"
    title = "There is no such webhook, or you may not see it."


class WebhookIsOff(Conflict):
    code = "webhook-is-off"
    title = "The webhook is switched off; enable it first."


class InvalidUtmTemplate(Invalid):
    code = "invalid-utm-template"
    title = "Some fields of the template are not valid."


class UtmTemplateNameTaken(Conflict):
    code = "utm-template-name-taken"
    title = "Another template of the team has this name."


class InvalidDomain(Invalid):
    code = "invalid-domain"
    title = "Some fields of the domain are not valid."


class DomainNameTaken(Conflict):
    code = "domain-name-taken"
    title = "This host name is used already."


class DomainInUse(Conflict):
    code = "domain-in-use"
    title = "The domain is in use, so this cannot be done."


class InvalidQr(Invalid):
    code = "invalid-qr"
    title = "Some options of the QR code are not valid."


class NoSuchImport(NotFound):
    code = "no-such-import"
    title = "There is no such import, or you may not see it."


class WrongImportState(Conflict):
    code = "wrong-import-state"
    title = "The import's state does not allow this."


class QuotaReached(Conflict):
    """The team may make no more links this month; `noun` says what is used up."""

    code = "quota-reached"
    title = "The team's quota for this month is used up."

    def __init__(self, *, noun: str, limit: int, renewed_on: date) -> None:
        text = (
            f"The team has used up its {limit:,} {noun} of this month, so it can make no new links until "
            f"{renewed_on.day} {renewed_on:%B %Y} (UTC). An administrator can raise the quota."
        )
        super().__init__(text)


class InvalidBan(Invalid):
    code = "invalid-ban"
    title = "Some fields of the ban are not valid."


class AlreadyBanned(Conflict):
    code = "already-banned"
    title = "This is banned already."


class OwnerIsBanned(PermissionDenied):
    code = "owner-is-banned"
    title = "A moderator has stopped you or your team from making links."


class InvalidBlockRule(Invalid):
    code = "invalid-block-rule"
    title = "Some fields of the rule are not valid."


class NothingToModerate(NotFound):
    code = "nothing-to-moderate"
    title = "There is no such ban, rule or report, or you may not see it."


class InvalidReport(Invalid):
    code = "invalid-report"
    title = "Some fields of the report are not valid."


class BudgetSpent(TooManyRequests):
    code = "budget-spent"
    title = "A budget is spent; try again later."
