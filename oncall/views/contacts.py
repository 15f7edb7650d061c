"""The reader's own contacts: how they are paged."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oncall.clients import channels
from oncall.exceptions import CodeWrong
from oncall.forms.contacts import CodeForm, ContactEditForm, ContactForm
from oncall.selectors import contacts as found_contacts
from oncall.selectors import doors
from oncall.services import contact_changes, contact_trials, contacts
from oncall.services.contact_changes import Changes
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors


@login_required
@require_safe
def contact_list(request: HttpRequest) -> HttpResponse:
    """The reader's contacts in the order in which they are tried, with what became of the last try."""
    user_id = _own_id(request)
    found = doors.contacts_of(user_id)
    rows = [
        (one, channels.label_of(one.kind), contacts.signing_secret(one).split(",") if one.kind == "webhook" else [])
        for one in found
    ]
    context = {
        "rows": rows,
        "verified": any(one.verified_at for one, _, _ in rows),
        "rules": found_contacts.rules_of(user_id),
        "quiet": found_contacts.quiet_hours_of(user_id),
    }
    return render(request, "oncall/contact_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_create(request: HttpRequest) -> HttpResponse:
    """Asks which kind it is, then adds a contact and sends it a code."""
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    form = ContactForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        actor, user_id = actor_of(request), _own_id(request)
        try:
            contact = contacts.add_contact(actor=actor, user_id=user_id, **form.cleaned_data, now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "A code is on its way there.")
            return redirect("contact_verify", contact.public_id)
    kinds = [one for one in channels.ALL if one.for_people]
    context = {"form": form, "kinds": kinds, "kind": channels.CHANNELS.get(kind)}
    return render(request, "oncall/contact_create.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_edit(request: HttpRequest, id: str) -> HttpResponse:
    """Changes label, delay and address; another address is to be confirmed again."""
    contact = doors.get_contact(_own_id(request), id)
    form = ContactEditForm(request.POST or None, contact=contact)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("label", "delay_minutes", "address")}
        actor, changes = actor_of(request), Changes(**told)
        try:
            changed = contact_changes.change_contact(actor=actor, contact=contact, changes=changes, now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            if changed.address != contact.address:
                messages.success(request, "A code is on its way to the new address; enter it to be paged there.")
                return redirect("contact_verify", contact.public_id)
            messages.success(request, "Saved.")
            return redirect("contact_list")
    context = {"form": form, "contact": contact, "label": channels.label_of(contact.kind)}
    return render(request, "oncall/contact_edit.html", context)


@login_required
@require_POST
def contact_move(request: HttpRequest, id: str) -> HttpResponse:
    """To another place in the order in which contacts are tried."""
    contact, to = doors.get_contact(_own_id(request), id), request.POST.get("to", "")
    if to.isascii() and to.isdigit() and len(to) < 4:
        changes = Changes(position=int(to))
        contact_changes.change_contact(actor=actor_of(request), contact=contact, changes=changes, now=timezone.now())
    return redirect("contact_list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_verify(request: HttpRequest, id: str) -> HttpResponse:
    """Takes the code that arrived; only then is the contact paged."""
    contact = doors.get_contact(_own_id(request), id)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            contacts.verify_contact(actor=actor_of(request), contact=contact, code=code, now=timezone.now())
        except CodeWrong as error:
            contacts.count_wrong_code(contact=contact)
            add_errors(form, error)
        else:
            messages.success(request, "Confirmed. You are paged there from now on.")
            return redirect("contact_list")
    return render(request, "oncall/contact_verify.html", {"form": form, "contact": contact})


@login_required
@require_POST
def contact_code(request: HttpRequest, id: str) -> HttpResponse:
    """Sends another code."""
    contact = doors.get_contact(_own_id(request), id)
    try:
        contacts.send_another_code(contact=contact, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, "Another code is on its way.")
    return redirect("contact_verify", contact.public_id)


@login_required
@require_POST
def contact_test(request: HttpRequest, id: str) -> HttpResponse:
    """Says something at one contact."""
    contact = doors.get_contact(_own_id(request), id)
    try:
        tried = contact_trials.try_contact(contact=contact, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.detail)
        return redirect("contact_list")
    label = channels.label_of(contact.kind)
    if tried.problem:
        messages.error(request, f"It did not arrive. {label} answered: {tried.problem}")
    else:
        messages.success(request, f"It was taken: look whether it arrived. {label} answered: {tried.answer}")
    return redirect("contact_list")


@login_required
@require_POST
def contact_page_me(request: HttpRequest) -> HttpResponse:
    """Pages the reader for real, about an alert that is a test."""
    try:
        alert = contact_trials.page_myself(actor=actor_of(request), user=_own(request), now=timezone.now())
    except DomainError as error:
        messages.error(request, error.detail)
        return redirect("contact_list")
    messages.success(request, "You are being paged by your rules. Acknowledge it where it arrives.")
    return redirect("alert_detail", alert.public_id)


@login_required
@require_POST
def contact_secret(request: HttpRequest, id: str) -> HttpResponse:
    """Another secret for a webhook, beside the present one; or the end of the old one."""
    contact = doors.get_contact(_own_id(request), id)
    end_old = "end" in request.POST
    contacts.change_secret(actor=actor_of(request), contact=contact, end_old=end_old, now=timezone.now())
    messages.success(request, "Only the newest secret signs." if end_old else "Both secrets sign now.")
    return redirect("contact_list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_delete(request: HttpRequest, id: str) -> HttpResponse:
    """Asks, then removes a contact."""
    contact = doors.get_contact(_own_id(request), id)
    if request.method == "POST":
        contacts.remove_contact(actor=actor_of(request), contact=contact, now=timezone.now())
        messages.success(request, "You are not paged there any more.")
        return redirect("contact_list")
    return render(request, "oncall/contact_delete.html", {"contact": contact})


def _own_id(request: HttpRequest) -> int:
    user_id = actor_of(request).user_id
    return user_id if user_id is not None else 0


def _own(request: HttpRequest) -> User:
    return people.users_by_id([_own_id(request)])[_own_id(request)]
