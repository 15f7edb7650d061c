"""The process for mails."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def test_without_a_port_it_says_so(settings: object) -> None:
    with pytest.raises(CommandError, match="PORTAL_MAIL_PORT"):
        call_command("mail_listener")
