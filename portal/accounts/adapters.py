"""What allauth does differently here: sign-ups are closed by default, mails become rows, sign-ins are remembered."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.selectors import actors, people
from portal.accounts.selectors.requests import address_of, session_actor
from portal.accounts.services import audit, devices, mails
from portal.lib.requests import request_id_of

DEVICE_COOKIE = "portal_device"
DEVICE_COOKIE_AGE = 365 * 86400


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """The hooks of allauth's account flows."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Only where PORTAL_OPEN_SIGNUP says so; everybody else comes by invitation."""
        return bool(settings.PORTAL_OPEN_SIGNUP)

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request) or "0.0.0.0"  # noqa: S104 - stands for an unknown address, nothing listens on it

    def format_email_subject(self, subject: str) -> str:
        return f"[SRE portal] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Writes the mail as a due row, so that a mail server that is away breaks no sign-in."""
        site = {"name": "SRE portal", "domain": settings.PORTAL_BASE_URL.split("://", 1)[-1]}
        full = {"email": email, "request": self.request, "current_site": site, **context}
        message = self.render_mail(template_prefix, email, full)
        html = "".join(str(part[0]) for part in getattr(message, "alternatives", []))
        mails.queue(to=email, subject=message.subject, text=str(message.body), html=html, now=timezone.now())

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Audits each change of password, mail address or second factor, and tells the person by mail."""
        event = template_prefix.rsplit("/", 1)[-1]
        audit.record(actor=session_actor(self.request), action=f"user.{event}", target=user, now=timezone.now())
        super().send_notification_mail(template_prefix, user, context, email)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Remembers the browser, mails the person when it is a new one, and audits the sign-in."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        now = timezone.now()
        sign_in = devices.SignIn(
            key=request.get_signed_cookie(DEVICE_COOKIE, default="", max_age=DEVICE_COOKIE_AGE) or "",
            user_agent=request.headers.get("User-Agent", ""),
            address=address_of(request),
            at=now,
        )
        key = devices.note_sign_in(user=user, sign_in=sign_in)
        response.set_signed_cookie(
            DEVICE_COOKIE, key, max_age=DEVICE_COOKIE_AGE, httponly=True, secure=settings.SECURE, samesite="Lax"
        )
        actor = actors.actor_for_user(user, request_id=request_id_of(request), address=sign_in.address)
        audit.record(actor=actor, action="user.signed_in", target=user, now=now)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Audits a failed sign-in to an account that exists."""
        user = people.user_by_email(str(credentials.get("email", "")))
        if user is not None:
            actor = Actor.anonymous(request_id_of(request), address_of(request))
            audit.record(actor=actor, action="user.sign_in_failed", target=user, now=timezone.now())
