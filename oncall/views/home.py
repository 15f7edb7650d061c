"""Who is on call, for everybody."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from oncall.selectors import doors, outlook, schedules
from oncall.services import alerts
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of


@login_required
@require_safe
def oncall_home(request: HttpRequest) -> HttpResponse:
    """Each team's schedules with who holds what now and who comes next, and the gaps of three months."""
    actor = actor_of(request)
    now = timezone.now()
    published = outlook.published_of(list(schedules.schedules(actor)), now)
    policies = {policy.team_id: policy for policy in doors.policies(actor)}
    teams = [
        {
            "team": team,
            "schedules": [one for one in published if one.schedule.team_id == team.pk],
            "policy": policies.get(team.pk),
            "may_manage": actor.may(Role.MANAGER, team.pk),
            "is_mine": team.pk in actor.team_ids,
        }
        for team in people.teams(actor)
    ]
    teams.sort(key=lambda one: not one["is_mine"])
    context = {"teams": teams, "now": now, "may_raise": alerts.may_raise(actor)}
    return render(request, "oncall/oncall_home.html", context)
