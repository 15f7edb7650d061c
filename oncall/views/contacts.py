"""How one is reached: a person's own contacts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from oncall.exceptions import CodeWrong
from oncall.forms.contacts import CodeForm, ContactForm
from oncall.selectors import doors
from oncall.services import contacts
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors


@login_required
@require_safe
def contact_list(request: HttpRequest) -> HttpResponse:
    """The reader's contacts in the order in which they are tried."""
    found = doors.contacts_of(_own_id(request))
    rows = [(one, contacts.signing_secret(one) if one.kind == "webhook" else "") for one in found]
    verified = any(one.verified_at for one, _ in rows)
    return render(request, "oncall/contact_list.html", {"rows": rows, "verified": verified})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_create(request: HttpRequest) -> HttpResponse:
    """Adds a contact and sends it a code."""
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor, user_id = actor_of(request), _own_id(request)
        try:
            contact = contacts.add_contact(actor=actor, user_id=user_id, **form.cleaned_data, now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "A code is on its way there.")
            return redirect("contact_verify", contact.public_id)
    return render(request, "oncall/contact_create.html", {"form": form})


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
