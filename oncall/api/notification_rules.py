"""One's own rules per class of alerts and one's quiet hours, as API resources."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.models import ContactMethod, NotificationRule, QuietHours
from oncall.selectors import contacts as found_contacts
from oncall.selectors import doors
from oncall.services import notification_rules
from oncall.services.notification_rules import CLASSES, LONGEST_DELAY, Line, Quiet
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import Invalid, PermissionDenied

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class RuleLineSerializer(StrictSerializer):
    """A contact (its id), used so many minutes after the step of the policy."""

    contact = serializers.CharField(max_length=80)
    delay_minutes = serializers.IntegerField(min_value=0, max_value=LONGEST_DELAY, default=0)


class NotificationRulesSerializer(StrictSerializer):
    """The lines of each class; without lines the contacts are used in their order. A class left out stays."""

    critical = RuleLineSerializer(many=True, required=False)
    warning = RuleLineSerializer(many=True, required=False)


class NotificationRulesViewSet(ApiViewSet):
    """The rules of the person who owns the token."""

    scope = "oncall"
    queryset = NotificationRule.objects.none()
    serializer_class = NotificationRulesSerializer

    def show(self, request: Request) -> Response:
        """The rules."""
        return Response(_shown_rules(_own(request)))

    def replace(self, request: Request) -> Response:
        """Replaces the lines of the classes that are told."""
        user = _own(request)
        serializer = NotificationRulesSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        contacts = {one.public_id: one for one in doors.contacts_of(user.pk)}
        lines = _lines(serializer.validated_data, contacts)
        notification_rules.set_classes(actor=actor_of(request), user=user, lines=lines, now=timezone.now())
        return Response(_shown_rules(user))


class QuietHoursSerializer(StrictSerializer):
    """Local hours in which nothing that can wait disturbs; `weekdays` are where they begin, empty is every day."""

    time_zone = serializers.CharField(max_length=64)
    weekdays = serializers.ListField(child=serializers.ChoiceField(choices=list(DAYS)), default=list, max_length=7)

    def get_fields(self) -> dict[str, Any]:
        clock: dict[str, Any] = {"format": "%H:%M"}
        return super().get_fields() | {"from": serializers.TimeField(**clock), "to": serializers.TimeField(**clock)}


class QuietHoursViewSet(ApiViewSet):
    """The quiet hours of the person who owns the token."""

    scope = "oncall"
    queryset = QuietHours.objects.none()
    serializer_class = QuietHoursSerializer

    def show(self, request: Request) -> Response:
        """The hours; where there are none, everything but `weekdays` is null."""
        return Response(_shown_hours(found_contacts.quiet_hours_of(_own(request).pk)))

    def replace(self, request: Request) -> Response:
        """Sets the hours; what is critical comes through at any hour."""
        user = _own(request)
        serializer = QuietHoursSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        told = serializer.validated_data
        days = tuple(sorted({DAYS.index(day) for day in told["weekdays"]}))
        quiet = Quiet(told["time_zone"], told["from"], told["to"], days)
        names = {"zone": "time_zone", "ends": "to"}
        try:
            notification_rules.set_quiet_hours(actor=actor_of(request), user=user, quiet=quiet, now=timezone.now())
        except Invalid as error:
            raise Invalid(fields={names.get(name, name): texts for name, texts in error.fields.items()}) from error
        return self.show(request)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request) -> Response:
        """No quiet hours any more."""
        user, now = _own(request), timezone.now()
        notification_rules.set_quiet_hours(actor=actor_of(request), user=user, quiet=None, now=now)
        return Response(status=204)


def _own(request: Request) -> User:
    user_id = actor_of(request).user_id
    if user_id is None:
        raise PermissionDenied("Rules are people's: use a token of a person.")
    return people.users_by_id([user_id])[user_id]


def _lines(told: dict[str, Any], contacts: dict[str, ContactMethod]) -> dict[str, list[Line]]:
    wrong = {
        f"{severity}.{number}.contact": ["You have no such contact that is confirmed."]
        for severity, lines in told.items()
        for number, line in enumerate(lines)
        if line["contact"] not in contacts or contacts[line["contact"]].verified_at is None
    }
    if wrong:
        raise Invalid(fields=wrong)
    return {
        severity: [Line(contacts[line["contact"]].pk, line["delay_minutes"]) for line in lines]
        for severity, lines in told.items()
    }


def _shown_rules(user: User) -> dict[str, Any]:
    found = found_contacts.rules_of(user.pk)
    return {
        severity: [
            {"contact": rule.contact.public_id, "delay_minutes": rule.delay_minutes} for rule in found.get(severity, ())
        ]
        for severity in CLASSES
    }


def _shown_hours(quiet: QuietHours | None) -> dict[str, Any]:
    if quiet is None:
        return {"time_zone": None, "weekdays": [], "from": None, "to": None}
    clock = {"from": f"{quiet.starts:%H:%M}", "to": f"{quiet.ends:%H:%M}"}
    return {"time_zone": quiet.zone, "weekdays": [DAYS[day] for day in quiet.weekdays], **clock}
