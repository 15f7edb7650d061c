"""Prints a new API token, for scripts and for the first steps of an installation."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team, User
from portal.accounts.selectors import people
from portal.accounts.services import tokens
from portal.lib.errors import DomainError, NotFound


class Command(BaseCommand):
    """`create_token --scopes links:read,links:create [--team T] [--user MAIL] [--name N] [--days D]`."""

    help = "Creates an API token and prints it, and nothing else, on standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scopes", required=True, help="comma-separated, such as links:read,links:create")
        parser.add_argument("--team", default="", help="slug or id of the one team that the token is held to")
        parser.add_argument("--user", default="", help="mail address of the owner (the first administrator by default)")
        parser.add_argument("--name", default="command line", help="what the token is called in the settings")
        parser.add_argument("--days", type=int, default=0, help="days until it expires; it does not by default")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            issued = tokens.create_token(
                actor=Actor.system("create_token"),
                name=options["name"],
                scopes=[scope.strip() for scope in options["scopes"].split(",") if scope.strip()],
                user=_owner(options["user"]),
                team=_team(options["team"]),
                expires_at=now + timedelta(days=options["days"]) if options["days"] else None,
                now=now,
            )
        except DomainError as error:
            fields = [message for messages in error.fields.values() for message in messages]
            raise CommandError(" ".join([error.detail, *fields])) from error
        self.stdout.write(issued.text)


def _owner(email: str) -> User:
    owner = people.user_by_email(email) if email else people.administrators().first()
    if owner is None:
        raise NotFound("There is no such person." if email else "There is no administrator yet; name one with --user.")
    return owner


def _team(reference: str) -> Team | None:
    return people.team_by_reference(Actor.system("create_token"), reference) if reference else None
