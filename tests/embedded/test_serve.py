"""What `./run` tells a person; tests/e2e starts it whole."""

import pytest

from portal.embedded import serve
from portal.embedded.configuration import Configuration
from portal.embedded.preparation import Prepared


@pytest.mark.parametrize(
    ("prepared", "line"),
    [
        (Prepared(created=True, password="s3cret"), "password: s3cret  (shown this once; only its hash is kept)"),
        (Prepared(created=True), "with the password from PORTAL_ADMIN_PASSWORD"),
        (Prepared(), "a new password: ./run manage changepassword admin@example.com"),
    ],
)
def test_it_tells_how_to_sign_in(
    settings_of_a_run: Configuration, capsys: pytest.CaptureFixture[str], prepared: Prepared, line: str
) -> None:
    serve._tell_how_to_sign_in(settings_of_a_run, prepared)
    assert capsys.readouterr().out == f"sign in: admin@example.com  {line}\n"


def test_the_time_taken_counts_from_the_start_of_this_process() -> None:
    assert serve._seconds_since_start() > 0
