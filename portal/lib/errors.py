"""The errors that services raise: each has a stable code and an HTTP status; one handler translates them."""

from collections.abc import Mapping, Sequence


class DomainError(Exception):
    """A refusal that its user can understand.

    `code` is stable and ends the problem type; `fields` maps a field's name to all of its errors; `extensions` are
    members of its own that the problem document has for programs.
    """

    code = "error"
    status = 400
    title = "The request was refused."
    extensions: Mapping[str, str | int] = {}

    def __init__(self, detail: str = "", *, fields: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.fields = {name: list(errors) for name, errors in (fields or {}).items()}


class Invalid(DomainError):
    code = "invalid"
    status = 422
    title = "Some fields are not valid."


class PermissionDenied(DomainError):
    code = "permission-denied"
    status = 403
    title = "Your role does not allow this."


class NotFound(DomainError):
    code = "not-found"
    status = 404
    title = "There is nothing here, or you may not see it."


class Conflict(DomainError):
    code = "conflict"
    status = 409
    title = "This is in conflict with what is stored."


class Gone(DomainError):
    code = "gone"
    status = 410
    title = "This is gone for good."


class PreconditionFailed(DomainError):
    code = "precondition-failed"
    status = 412
    title = "Somebody else changed this in the meantime; load it again."


class TooLarge(DomainError):
    code = "too-large"
    status = 413
    title = "The body is larger than the portal reads."


class TooManyRequests(DomainError):
    """`retry_after` is in whole seconds."""

    code = "too-many-requests"
    status = 429
    title = "Too many requests; try again later."

    def __init__(self, detail: str = "", *, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
        self.extensions = {"retry_after": retry_after}
