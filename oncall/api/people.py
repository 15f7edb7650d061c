"""People as other resources refer to them."""

from rest_framework import serializers

from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.lib.api.serializers import StrictSerializer
from portal.lib.errors import Invalid


class PersonSerializer(StrictSerializer):
    """A person in few words."""

    id = serializers.CharField(source="public_id", read_only=True)
    name = serializers.CharField(source="__str__", read_only=True)


def person_key(reference: str) -> str | None:
    """The number of the person with this id or mail address, as text; None when there is none."""
    found = people.user_by_email(reference) if "@" in reference else User.objects.filter(public_id=reference).first()
    return str(found.pk) if found else None


def person(reference: str, field: str) -> User:
    """The person with this id or mail address; Invalid at `field` when there is none."""
    by_id = User.objects.filter(public_id=reference)
    found = people.user_by_email(reference) if "@" in reference else by_id.first()
    if found is None:
        raise Invalid(fields={field: [f"There is no person {reference}."]})
    return found
