"""Refusals of the on-call app; each has a code and a status."""

from datetime import timedelta

from portal.lib.errors import Conflict, DomainError, Gone, Invalid, NotFound, TooManyRequests


class AlertAlreadyResolved(Conflict):
    code = "alert-already-resolved"
    title = "This alert is resolved already."


class AckLinkExpired(Gone):
    code = "ack-link-expired"
    title = "This link has expired; sign in to act on the alert."


class AckLinkUnknown(NotFound):
    code = "ack-link-unknown"
    title = "This link is not one of ours, or its account has ended."


class OverrideOverlaps(Conflict):
    code = "override-overlaps"
    title = "There is an override of this role in that time already."


class OverrideIsPast(Conflict):
    code = "override-is-past"
    title = "This override is over; who was on call is never rewritten."


class VersionCounts(Conflict):
    code = "version-counts"
    title = "This version counts already or is withdrawn; plan another one instead."


class SwapOverlaps(Conflict):
    code = "swap-overlaps"
    title = "This person gives that time away already."


class SwapSettled(Conflict):
    code = "swap-settled"
    title = "This swap is taken, withdrawn or over."


class TimeOffOver(Conflict):
    code = "time-off-over"
    title = "This time off is over or cancelled."


class PlanInvalid(Invalid):
    code = "plan-invalid"
    title = "The escalation policy is not sound."


class CodeWrong(Invalid):
    code = "code-wrong"
    title = "This code is not right or too old; ask for another one."


class ChatCodeWrong(NotFound):
    code = "chat-code-wrong"
    title = "This code is used, too old or not one of ours; ask for another one with the command link."


class KeyUnknown(NotFound):
    code = "integration-unknown"
    title = "There is no integration with this key."


class NotSigned(DomainError):
    code = "not-signed"
    status = 401
    title = "This integration takes only what is signed with its secret."


class SenderTooFast(TooManyRequests):
    code = "sender-too-fast"
    title = "This key is used too often."


class DeliveryError(Exception):
    """A channel did not take a page; a repeat cannot help a `permanent` one.

    `retry_after` is how long the provider wants to be left alone, where it said so.
    """

    def __init__(self, reason: str, *, permanent: bool, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.retry_after = retry_after
