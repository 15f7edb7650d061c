"""The mail server: the only code of the accounts that talks to it."""

from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives


class MailError(Exception):
    """The mail was not taken; `permanent` when trying again is of no use."""

    def __init__(self, detail: str, *, permanent: bool) -> None:
        super().__init__(detail)
        self.permanent = permanent


def send(*, to: str, subject: str, text: str, html: str = "") -> None:
    """Hands one mail to the server or raises MailError."""
    message = EmailMultiAlternatives(subject, text, to=[to])
    if html:
        message.attach_alternative(html, "text/html")
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()), (0, b""))[0]
        raise MailError(f"The recipient was refused with {code}.", permanent=code >= 500) from error
    except (SMTPException, OSError) as error:
        raise MailError(f"{type(error).__name__}: {error}"[:250], permanent=False) from error
