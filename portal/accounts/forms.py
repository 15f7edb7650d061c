"""The forms of the settings pages."""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from portal.accounts.domain import roles, scopes
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team, User
from portal.accounts.selectors import audit, people
from portal.lib.times import zone_names

LIFETIMES = [("30", "30 days"), ("90", "90 days"), ("365", "one year"), ("", "never")]


def zone_field() -> forms.ChoiceField:
    """A list of all IANA zones."""
    return forms.ChoiceField(label="Time zone", choices=[(name, name) for name in zone_names()], initial="UTC")


def role_field() -> forms.ChoiceField:
    """The three roles with what they mean."""
    return forms.ChoiceField(
        label="Role",
        choices=[(role.value, f"{role.value.capitalize()}: {roles.MEANING[role]}") for role in Role],
        initial=Role.RESPONDER.value,
    )


class ProfileForm(forms.Form):
    """What a person says about themselves."""

    name = forms.CharField(max_length=120, help_text="As colleagues see it on pages, schedules and timelines.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = zone_field()
        self.fields["time_zone"].help_text = "All times are shown in this zone; the UTC time is shown on hover."


class TeamForm(forms.Form):
    """What a team is called and who may read its things."""

    name = forms.CharField(max_length=80)
    slug = forms.SlugField(max_length=60, help_text="Small letters, digits and hyphens; used in addresses and the API.")
    is_private = forms.BooleanField(
        label="Private",
        required=False,
        help_text="Only members and administrators see its services, incidents and everything else.",
    )

    field_order = ("name", "slug", "time_zone", "is_private")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = zone_field()
        self.order_fields(self.field_order)


class MemberForm(forms.Form):
    """Whom to add with which role."""

    email = forms.EmailField(
        label="Mail address", help_text="A person without an account gets a mail with a link to make one."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field()


class RoleForm(forms.Form):
    """Another role for a member."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field()


class TokenForm(forms.Form):
    """A new API token."""

    name = forms.CharField(max_length=80, help_text="What it is for, so that you know what stops when you revoke it.")
    lifetime = forms.ChoiceField(label="Expires after", choices=LIFETIMES, required=False, initial="90")
    team = forms.ModelChoiceField(
        queryset=Team.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label="All my teams",
        label="Held to a team",
        help_text="The token then sees and changes nothing outside that team.",
    )
    scopes = forms.MultipleChoiceField(choices=scopes.CHOICES, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        if isinstance(team, forms.ModelChoiceField):
            team.queryset = people.teams_where(actor, Role.VIEWER)

    def expires_at(self, now: datetime) -> datetime | None:
        """When the token ends, None for never."""
        days = self.cleaned_data["lifetime"]
        return now + timedelta(days=int(days)) if days else None


class ServiceAccountTokenForm(TokenForm):
    """A new token of a service account, which is in one team anyway."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        del self.fields["team"]


class ServiceAccountForm(forms.Form):
    """A new service account."""

    team = forms.ModelChoiceField(queryset=Team.objects.none(), to_field_name="slug", empty_label=None)
    name = forms.CharField(max_length=80, help_text="The program that uses it, such as deploy-pipeline.")
    description = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field()
        team = self.fields["team"]
        if isinstance(team, forms.ModelChoiceField):
            team.queryset = people.teams_where(actor, Role.MANAGER)


class ServiceAccountEditForm(forms.Form):
    """Changes to a service account."""

    description = forms.CharField(max_length=200, required=False)
    is_active = forms.BooleanField(label="Active", required=False, help_text="While it is not, no token of it works.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field()
        self.order_fields(["role", "description", "is_active"])


class AuditFilterForm(forms.Form):
    """What to look for in the audit log."""

    actor = forms.CharField(required=False, label="Who")
    action = forms.ChoiceField(required=False, label="Action")
    target = forms.CharField(required=False, label="On what", help_text="")
    team = forms.ModelChoiceField(
        queryset=Team.objects.none(), required=False, to_field_name="slug", empty_label="Every team"
    )
    since = forms.DateTimeField(required=False, label="From", widget=forms.DateTimeInput({"type": "datetime-local"}))
    until = forms.DateTimeField(required=False, label="To", widget=forms.DateTimeInput({"type": "datetime-local"}))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action, team = self.fields["action"], self.fields["team"]
        if isinstance(action, forms.ChoiceField):
            action.choices = [("", "Every action"), *((name, name) for name in audit.known_actions())]
        if isinstance(team, forms.ModelChoiceField):
            team.queryset = people.teams_where(actor, Role.MANAGER)

    def wanted(self) -> audit.AuditFilter:
        """The filter; fields that are not valid do not narrow."""
        given = self.cleaned_data if self.is_bound and not self.is_valid() else self._cleaned()
        team = given.get("team")
        return audit.AuditFilter(
            actor=given.get("actor") or "",
            action=given.get("action") or "",
            target=given.get("target") or "",
            team=team.slug if team else "",
            since=given.get("since"),
            until=given.get("until"),
        )

    def _cleaned(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_bound else {}


class InvitationForm(forms.Form):
    """A new account, made by somebody who was invited."""

    name = forms.CharField(max_length=120, label="Your name")
    password = forms.CharField(
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        strip=False,
        help_text="At least 10 characters; a sentence is good. There is no upper limit.",
    )
    again = forms.CharField(
        label="The password again", widget=forms.PasswordInput({"autocomplete": "new-password"}), strip=False
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["time_zone"] = zone_field()
        self.order_fields(["name", "time_zone", "password", "again"])

    def clean_password(self) -> str:
        """Refuses weak passwords with all reasons."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password

    def clean(self) -> dict[str, Any]:
        """Refuses two different passwords."""
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            raise ValidationError({"again": "The two passwords differ."})
        return cleaned


class PasskeySignInForm(LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """The sign-in with a passkey, which refuses what is no answer of a passkey instead of failing over it."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValidationError("This is not the answer of a passkey.") from error
