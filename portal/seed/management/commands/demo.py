"""`manage.py demo`, which `./run demo` calls: 90 days of plausible history."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.lib.errors import DomainError
from portal.seed.bootstrap import bootstrap
from portal.seed.demo import load


class Command(BaseCommand):
    help = "Fills an empty database with 90 days of plausible history, marked as demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=load.SEED)
        parser.add_argument("--days", type=int, default=load.DAYS, choices=range(31, 366), metavar="31-365")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says what it made and how long it took."""
        started, now, password = time.perf_counter(), timezone.now(), settings.PORTAL_ADMIN_PASSWORD
        if password:
            bootstrap(email=settings.PORTAL_ADMIN_EMAIL, password=password, now=now)
        try:
            made = load.load(now=now, password=password or None, seed=options["seed"], days=options["days"])
        except DomainError as error:
            raise CommandError(f"{error.detail} {error.fields or ''}".strip()) from error
        seconds = time.perf_counter() - started
        self.stdout.write(
            f"demo: {made.services} services, {made.links} links with {made.clicks} clicks, {made.incidents} outages"
            f" and {made.people} people in {seconds:.0f} s"
        )
