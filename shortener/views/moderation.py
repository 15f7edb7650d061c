"""The pages of moderators: the queue of reports, bans and the blocklist. Administrators only."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from shortener.forms.moderation import (
    BanFilterForm,
    BanForm,
    BlockRuleFilterForm,
    BlockRuleForm,
    BlockRuleImportForm,
    DecisionForm,
)
from shortener.selectors import moderation
from shortener.services import abuse_reports, bans, blocklists

PAGE_SIZE = 50
DECIDED = 10


@login_required
@require_safe
def moderation_queue(request: HttpRequest) -> HttpResponse:
    """What was reported and waits for a decision, with the latest decisions below."""
    actor = actor_of(request)
    decided = moderation.reports(actor).exclude(state="open").order_by("-decided_at", "-pk")
    context = {"cases": moderation.queue(actor), "decided": decided[:DECIDED]}
    return render(request, "shortener/moderation_queue.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def moderation_case(request: HttpRequest, report_id: str) -> HttpResponse:
    """One reported link with all its reports, and the decision about it."""
    actor, now = actor_of(request), timezone.now()
    report = moderation.get_report(actor, report_id)
    host = moderation.host_named(report.link.target) if report.link else ""
    form = DecisionForm(request.POST or None, initial={"host": host})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            closed = abuse_reports.decide(actor=actor, report=report, now=now, **given)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"Decided: {closed} report{'' if closed == 1 else 's'} closed.")
            return redirect("moderation_queue")
    reports = moderation.same_case(report)
    context = {
        "report": report,
        "reports": reports[:PAGE_SIZE],
        "is_open": reports.filter(state="open").exists(),
        "form": form,
        "state": report.link.state_at(now) if report.link else "",
        "links_to_host": moderation.links_to(host).count() if host else 0,
    }
    return render(request, "shortener/moderation_case.html", context)


@login_required
@require_safe
def ban_list(request: HttpRequest) -> HttpResponse:
    """The bans in force, or those that were lifted."""
    actor = actor_of(request)
    form = BanFilterForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    found = moderation.bans(actor, in_force=given.get("state") != "lifted", text=given.get("q", ""))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    names = moderation.names_of(page)
    rows = [(ban, names.get(ban.value, ban.value)) for ban in page]
    return render(request, "shortener/ban_list.html", {"page": page, "rows": rows, "filter_form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ban_create(request: HttpRequest) -> HttpResponse:
    """Bans a link, a host or an owner."""
    actor = actor_of(request)
    actor.require_administrator()
    asked = {"kind": request.GET.get("kind", "host"), "value": request.GET.get("value", "")}
    form = BanForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            ban = bans.create_ban(actor=actor, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{ban.value} is banned: {ban.links.count()} links answer 451 within a second.")
            return redirect("ban_list")
    return render(request, "shortener/ban_create.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ban_lift(request: HttpRequest, ban_id: str) -> HttpResponse:
    """Asks, then lifts a ban."""
    actor = actor_of(request)
    ban = moderation.get_ban(actor, ban_id)
    if request.method != "POST":
        return render(
            request,
            "shortener/ban_lift.html",
            {"ban": ban, "name": moderation.names_of([ban]).get(ban.value, ban.value), "held": ban.links.count()},
        )
    bans.lift_ban(actor=actor, ban=ban, now=timezone.now())
    messages.success(request, f"The ban of {ban.value} is lifted; its links work again within a second.")
    return redirect("ban_list")


@login_required
@require_safe
def block_rule_list(request: HttpRequest) -> HttpResponse:
    """The rules of the blocklist."""
    actor = actor_of(request)
    form = BlockRuleFilterForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    found = moderation.rules(actor, text=given.get("q", ""), kind=given.get("kind", ""))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "shortener/block_rule_list.html", {"page": page, "filter_form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def block_rule_create(request: HttpRequest) -> HttpResponse:
    """Adds one rule."""
    actor = actor_of(request)
    actor.require_administrator()
    form = BlockRuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rule = blocklists.add_rule(actor=actor, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            add_errors(form, error)
        else:
            there = moderation.links_to(rule.value).count() if rule.kind == "host" else 0
            tail = f" {there} links lead there already; tonight they come to the queue." if there else ""
            messages.success(request, f"{rule.value} is on the list.{tail}")
            return redirect("block_rule_list")
    return render(request, "shortener/block_rule_create.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def block_rule_import(request: HttpRequest) -> HttpResponse:
    """Adds a pasted list and says what became of each line."""
    actor = actor_of(request)
    actor.require_administrator()
    form, done = BlockRuleImportForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            done = blocklists.import_rules(actor=actor, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            add_errors(form, error)
    return render(request, "shortener/block_rule_import.html", {"form": form, "done": done})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def block_rule_delete(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Asks, then removes a rule."""
    actor = actor_of(request)
    rule = moderation.get_rule(actor, rule_id)
    if request.method != "POST":
        return render(request, "shortener/block_rule_delete.html", {"rule": rule})
    blocklists.remove_rule(actor=actor, rule=rule, now=timezone.now())
    messages.success(request, f"{rule.value} is off the list.")
    return redirect("block_rule_list")
