from tests.lib.api.resource import NoteSerializer


def errors(data: object) -> dict[str, list[str]]:
    serializer = NoteSerializer(data=data)
    assert not serializer.is_valid()
    return dict(serializer.errors)


def test_what_it_knows_it_takes() -> None:
    serializer = NoteSerializer(data={"name": "ok"})
    assert serializer.is_valid()
    assert serializer.validated_data == {"name": "ok"}


def test_an_unknown_field_is_named() -> None:
    assert errors({"name": "ok", "colour": "typo"}) == {"colour": ["There is no such field."]}


def test_unknown_and_wrong_fields_are_named_together() -> None:
    assert set(errors({"colour": "typo"})) == {"name", "colour"}


def test_a_body_of_another_shape_is_refused() -> None:
    assert set(errors([1, 2])) == {"non_field_errors"}
