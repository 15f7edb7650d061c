"""`manage.py bootstrap`: the first administrator and the portal's watch over itself."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.seed.bootstrap import bootstrap


class Command(BaseCommand):
    help = "Makes the first administrator and the self-watch where they are missing; a repeat changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs at every start of the portal."""
        if not settings.PORTAL_ADMIN_PASSWORD:
            raise CommandError("PORTAL_ADMIN_PASSWORD is not set: the first administrator needs a password.")
        email, password = settings.PORTAL_ADMIN_EMAIL, settings.PORTAL_ADMIN_PASSWORD
        if bootstrap(email=email, password=password, now=timezone.now()):
            self.stdout.write(f"created administrator {email}")
