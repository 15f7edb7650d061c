"""What allauth does differently here: sign-ups are closed by default, and its mails go through our own rows."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from portal.accounts.services import mails


class AccountAdapter(DefaultAccountAdapter):
    """The hooks of allauth's account flows."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only where PORTAL_OPEN_SIGNUP says so; everybody else comes by invitation."""
        return bool(settings.PORTAL_OPEN_SIGNUP)

    def format_email_subject(self, subject: str) -> str:
        return f"[SRE portal] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Writes the mail as a due row, so that a mail server that is away breaks no sign-in."""
        message = self.render_mail(template_prefix, email, {"email": email, "request": self.request, **context})
        html = "".join(str(part[0]) for part in getattr(message, "alternatives", []))
        mails.queue(to=email, subject=message.subject, text=str(message.body), html=html, now=timezone.now())
