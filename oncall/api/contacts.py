"""One's own contacts as an API resource."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oncall.exceptions import CodeWrong
from oncall.forms.contacts import KINDS
from oncall.models import ContactMethod
from oncall.selectors import doors
from oncall.services import contact_changes, contact_trials, contacts
from oncall.services.contact_changes import Changes
from oncall.services.contacts import MOST
from portal.accounts.selectors.requests import actor_of
from portal.lib.api.serializers import StrictSerializer
from portal.lib.api.views import ApiViewSet
from portal.lib.errors import PermissionDenied


class ContactSerializer(StrictSerializer):
    """A way to its owner. It is paged once it is verified."""

    id = serializers.CharField(source="public_id", read_only=True)
    kind = serializers.ChoiceField(choices=[kind for kind, _ in KINDS])
    address = serializers.CharField(max_length=500)
    label = serializers.CharField(  # type: ignore[assignment]  # a field of this name
        max_length=80, required=False, allow_blank=True, help_text="Your own word for it."
    )
    delay_minutes = serializers.IntegerField(min_value=0, max_value=60, default=0)
    position = serializers.SerializerMethodField(help_text="Its place in the order in which they are tried, from 1.")
    verified_at = serializers.DateTimeField(read_only=True, allow_null=True)
    last_sent_at = serializers.DateTimeField(read_only=True, allow_null=True)
    problem = serializers.CharField(read_only=True)

    def get_position(self, contact: ContactMethod) -> int:
        return contact.position + 1


class ContactChangeSerializer(StrictSerializer):
    """What may change. Another address is sent a code and is not paged before that is entered."""

    address = serializers.CharField(max_length=500, required=False)
    label = serializers.CharField(  # type: ignore[assignment]  # a field of this name
        max_length=80, required=False, allow_blank=True
    )
    delay_minutes = serializers.IntegerField(min_value=0, max_value=60, required=False)
    position = serializers.IntegerField(min_value=1, max_value=MOST, required=False, help_text="From 1.")


class ContactCodeSerializer(StrictSerializer):
    """The code that arrived."""

    code = serializers.CharField(max_length=12)


class ContactTrialSerializer(StrictSerializer):
    """What went wrong, or nothing, and what the provider answered."""

    problem = serializers.CharField(read_only=True)
    answer = serializers.CharField(read_only=True)


class ContactViewSet(ApiViewSet):
    """The contacts of the person who owns the token."""

    scope = "oncall"
    queryset = ContactMethod.objects.none()
    serializer_class = ContactSerializer

    def list(self, request: Request) -> Response:
        """All of them, in the order in which they are tried."""
        found = ContactSerializer(doors.contacts_of(_own_id(request)), many=True).data
        return Response({"items": found, "next_cursor": None})

    def create(self, request: Request) -> Response:
        """Adds a contact and sends a code there."""
        serializer = ContactSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        facts = dict(serializer.validated_data)
        made = contacts.add_contact(actor=actor_of(request), user_id=_own_id(request), **facts, now=timezone.now())
        return Response(ContactSerializer(made).data, status=201)

    def retrieve(self, request: Request, id: str) -> Response:
        """One contact."""
        return Response(ContactSerializer(doors.get_contact(_own_id(request), id)).data)

    @extend_schema(request=ContactChangeSerializer, responses=ContactSerializer)
    def partial_update(self, request: Request, id: str) -> Response:
        """Changes label, delay, place or address."""
        contact = doors.get_contact(_own_id(request), id)
        serializer = ContactChangeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        told = dict(serializer.validated_data)
        if "position" in told:
            told["position"] -= 1
        made = contact_changes.change_contact(
            actor=actor_of(request), contact=contact, changes=Changes(**told), now=timezone.now()
        )
        return Response(ContactSerializer(made).data)

    @extend_schema(request=ContactCodeSerializer, responses=ContactSerializer)
    def verify(self, request: Request, id: str) -> Response:
        """Proves a contact by the code that arrived there."""
        contact = doors.get_contact(_own_id(request), id)
        serializer = ContactCodeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        code = serializer.validated_data["code"]
        try:
            made = contacts.verify_contact(actor=actor_of(request), contact=contact, code=code, now=timezone.now())
        except CodeWrong:
            contacts.count_wrong_code(contact=contact)
            raise
        return Response(ContactSerializer(made).data)

    @extend_schema(request=None, responses=ContactTrialSerializer)
    def test(self, request: Request, id: str) -> Response:
        """Says something there at once."""
        contact = doors.get_contact(_own_id(request), id)
        tried = contact_trials.try_contact(contact=contact, now=timezone.now())
        return Response(ContactTrialSerializer(tried).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, id: str) -> Response:
        """Removes a contact."""
        contact = doors.get_contact(_own_id(request), id)
        contacts.remove_contact(actor=actor_of(request), contact=contact, now=timezone.now())
        return Response(status=204)


def _own_id(request: Request) -> int:
    user_id = actor_of(request).user_id
    if user_id is None:
        raise PermissionDenied("Contacts are people's: use a token of a person.")
    return user_id
