import pytest

from portal.lib import errors


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (errors.Invalid, 422, "invalid"),
        (errors.NotFound, 404, "not-found"),
        (errors.PermissionDenied, 403, "permission-denied"),
        (errors.Conflict, 409, "conflict"),
        (errors.Gone, 410, "gone"),
        (errors.PreconditionFailed, 412, "precondition-failed"),
    ],
)
def test_each_refusal_has_a_status_and_a_stable_code(kind: type[errors.DomainError], status: int, code: str) -> None:
    error = kind("Because.")
    assert (error.status, error.code, error.detail) == (status, code, "Because.")


def test_without_a_detail_the_title_speaks() -> None:
    assert errors.NotFound().detail == errors.NotFound.title


def test_fields_keep_all_their_messages() -> None:
    error = errors.Invalid(fields={"slug": ("taken", "too short")})
    assert error.fields == {"slug": ["taken", "too short"]}


def test_too_many_requests_says_when_to_come_back() -> None:
    assert errors.TooManyRequests(retry_after=7).retry_after == 7
