from portal.lib.ids import ALPHABET, PublicIdField, new_id


def test_an_id_carries_its_prefix_and_22_unambiguous_characters() -> None:
    prefix, _, body = new_id("lnk").partition("_")
    assert prefix == "lnk"
    assert len(body) == 22
    assert set(body) <= set(ALPHABET)


def test_ids_do_not_repeat() -> None:
    assert len({new_id("x") for _ in range(1000)}) == 1000


def test_no_character_can_be_taken_for_another() -> None:
    assert not set("0OIl") & set(ALPHABET)


def test_the_field_needs_only_its_prefix_in_a_migration() -> None:
    _, path, args, kwargs = PublicIdField(prefix="lnk").deconstruct()
    assert path == "portal.lib.ids.PublicIdField"
    assert (list(args), kwargs) == ([], {"prefix": "lnk"})
