"""The mail server: the only code of the accounts that talks to it."""

from email.mime.image import MIMEImage
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives


class MailError(Exception):
    """The mail was not taken; `permanent` when trying again is of no use."""

    def __init__(self, detail: str, *, permanent: bool) -> None:
        super().__init__(detail)
        self.permanent = permanent


class Illustrated(EmailMultiAlternatives):
    """A mail whose attachments belong to its HTML."""

    mixed_subtype = "related"


def send(*, to: str, subject: str, text: str, html: str = "", picture: bytes = b"", unsubscribe_url: str = "") -> None:
    """Hands one mail to the server or raises MailError. The HTML shows `picture`, a PNG, as `cid:picture`."""
    kind = Illustrated if picture else EmailMultiAlternatives
    message = kind(subject, text, to=[to], headers=_unsubscribe(unsubscribe_url))
    if html:
        message.attach_alternative(html, "text/html")
    if picture:
        message.attach(_inline(picture))
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()), (0, b""))[0]
        raise MailError(f"The recipient was refused with {code}.", permanent=code >= 500) from error
    except (SMTPException, OSError) as error:
        raise MailError(f"{type(error).__name__}: {error}"[:250], permanent=False) from error


def _inline(picture: bytes) -> MIMEImage:
    part = MIMEImage(picture, "png")
    part["Content-ID"] = "<picture>"
    part["Content-Disposition"] = 'inline; filename="picture.png"'
    return part


def _unsubscribe(url: str) -> dict[str, str]:
    """The headers of RFC 8058: mail programs show a button that posts to `url`."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if url else {}
