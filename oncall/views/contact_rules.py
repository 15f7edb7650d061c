"""By which contact the reader hears of which class of alerts, and when not."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from oncall.forms.contacts import RulesForm
from oncall.selectors import contacts as found_contacts
from oncall.selectors import doors
from oncall.services import notification_rules
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_rules(request: HttpRequest) -> HttpResponse:
    """By which contact the reader hears of which class, after how long, and when not."""
    actor, now = actor_of(request), timezone.now()
    user = people.users_by_id([actor.user_id or 0])[actor.user_id or 0]
    verified = [one for one in doors.contacts_of(user.pk) if one.verified_at]
    told: dict[str, Any] = {"contacts": verified, "rules": found_contacts.rules_of(user.pk), "own_zone": user.time_zone}
    form = RulesForm(request.POST or None, quiet=found_contacts.quiet_hours_of(user.pk), **told)
    if request.method == "POST" and form.is_valid():
        try:
            lines = {one: form.lines(one) for one in notification_rules.CLASSES}
            notification_rules.set_all(actor=actor, user=user, lines=lines, quiet=form.quiet(), now=now)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Saved. Pages from now on follow these rules.")
            return redirect("contact_list")
    return render(request, "oncall/contact_rules.html", {"form": form, "has_contacts": bool(verified)})
