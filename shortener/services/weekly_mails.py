"""The weekly mail about a team's links: who wishes for it, and sending it once a week."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.selectors import actors, people
from portal.accounts.services import mails
from portal.lib import times
from portal.lib.charts import png
from portal.lib.errors import NotFound, PermissionDenied
from shortener.domain import weeks
from shortener.models import WeeklyMail
from shortener.selectors import weekly

SALT = "shortener.weekly_mail"
BATCH = 50
FURTHEST_EAST = timedelta(hours=14)
PICTURE_WIDTH = 600.0


def wishes(actor: Actor) -> set[int]:
    """The teams whose weekly mail this person gets."""
    return set(WeeklyMail.objects.filter(user=actor.user_id).values_list("team_id", flat=True))


@transaction.atomic
def set_wishes(*, actor: Actor, team_ids: Collection[int], now: datetime) -> None:
    """Makes these the teams whose weekly mail this person gets; teams that they may not see are NotFound.

    The first mail comes on the next Monday, not at once. A repeat changes nothing.
    """
    if actor.user_id is None or actor.scopes is not None:
        raise PermissionDenied("Only a person can get mails.")
    wanted = people.teams(actor).filter(pk__in=team_ids)
    if len(wanted) != len(set(team_ids)):
        raise NotFound
    WeeklyMail.objects.filter(user=actor.user_id).exclude(team__in=wanted).delete()
    zone = times.zone(people.users_by_id([actor.user_id])[actor.user_id].time_zone)
    fresh = [WeeklyMail(user_id=actor.user_id, team=team, sent_week=weeks.week_due(now, zone)) for team in wanted]
    WeeklyMail.objects.bulk_create(fresh, ignore_conflicts=True)


def stop_token(wish: WeeklyMail) -> str:
    """What a mail carries to end itself without signing in; it names the person and the team, and is signed."""
    return signing.dumps([wish.user_id, wish.team_id], salt=SALT)


def team_of(token: str) -> Team:
    """The team whose mail this token ends; NotFound for a token that is none of ours."""
    found = Team.objects.filter(pk=_read(token)[1]).first()
    if found is None:
        raise NotFound
    return found


def stop(token: str) -> None:
    """Ends one person's mail about one team; a repeat changes nothing."""
    user_id, team_id = _read(token)
    WeeklyMail.objects.filter(user=user_id, team=team_id).delete()


def send_mails_due(*, now: datetime) -> int:
    """Queues the mails whose Monday morning has come where their readers are, and says how many.

    The week is written by a conditional UPDATE together with the mail: ticks that overlap or repeat send nothing twice.
    """
    newest = weeks.monday_of((now.astimezone(UTC) + FURTHEST_EAST).date())
    waiting = WeeklyMail.objects.filter(Q(sent_week=None) | Q(sent_week__lt=newest), user__is_active=True)
    sent = 0
    for wish in waiting.select_related("user", "team").order_by("sent_week", "pk").iterator():
        zone = times.zone(wish.user.time_zone)
        if weeks.is_due(sent_week=wish.sent_week, now=now, zone=zone):
            sent += _send(wish, weeks.week_due(now, zone), now)
        if sent >= BATCH:
            break
    return sent


@transaction.atomic
def _send(wish: WeeklyMail, week: date, now: datetime) -> bool:
    unsent = Q(sent_week=None) | Q(sent_week__lt=week)
    if not WeeklyMail.objects.filter(unsent, pk=wish.pk).update(sent_week=week):
        return False
    reader = actors.actor_for_user(wish.user)
    if not people.teams(reader).filter(pk=wish.team_id).exists():
        wish.delete()
        return False
    report = weekly.weekly_report(wish.team, week - weeks.WEEK)
    stop_url = settings.PORTAL_BASE_URL + reverse("weekly_mail_stop", args=[stop_token(wish)])
    context = {"report": report, "base_url": settings.PORTAL_BASE_URL, "stop_url": stop_url}
    mails.queue(
        to=wish.user.email,
        subject=f"{wish.team.name}: {report.people.now:,} clicks by people last week",
        text=render_to_string("shortener/weekly_mail.txt", context),
        html=render_to_string("shortener/weekly_mail.html", context),
        picture=png(report.chart, UTC, PICTURE_WIDTH),
        unsubscribe_url=stop_url,
        now=now,
    )
    return True


def _read(token: str) -> tuple[int, int]:
    try:
        user_id, team_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound from error
    return int(user_id), int(team_id)
