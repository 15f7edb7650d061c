"""Pages by mail. The Message-ID comes from the page's id, so that a repeat is the same mail to its reader."""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils.html import format_html, linebreaks

from oncall.domain.messages import Message, Receipt
from oncall.exceptions import DeliveryError

PERMANENT_FROM = 500


class MailChannel:
    """Hands pages to the SMTP server of the settings."""

    kind = "mail"
    label = "Mail"
    hint = "A mail address, such as one that your phone announces loudly."
    for_people = True
    for_teams = True

    def check_address(self, address: str) -> str:
        try:
            validate_email(address)
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def send(self, message: Message) -> Receipt:
        message_id = f"<{message.page_id}@{_domain()}>"
        mail = EmailMultiAlternatives(
            message.subject,
            message.text,
            to=[message.address],
            headers={"Message-ID": message_id, "X-Priority": "1", "Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(_html(message), "text/html")
        try:
            mail.send()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise DeliveryError(_words(error), permanent=is_permanent(error)) from error
        return Receipt(provider_id=message_id, answer="taken by the mail server")


def is_permanent(error: Exception) -> bool:
    """Whether the server said 5xx to this mail; a server that cannot be reached or says 4xx may come round."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT_FROM for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return False
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= PERMANENT_FROM
    return isinstance(error, ValueError | smtplib.SMTPNotSupportedError)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return f"{code} {answer.decode(errors='replace')}"
    return f"{type(error).__name__}: {error}"


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _html(message: Message) -> str:
    button = format_html('<p><a href="{}"><b>Acknowledge or resolve</b></a></p>', message.ack_url)
    return (button if message.ack_url else "") + linebreaks(message.text, autoescape=True)
