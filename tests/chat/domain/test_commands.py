import pytest

from portal.chat.domain.commands import HELP, Command, Unknown, parse


@pytest.mark.parametrize(
    ("text", "verb", "words"),
    [
        ("", "help", ()),
        ("   ", "help", ()),
        ("oncall", "oncall", ()),
        ("WHO checkout", "oncall", ("checkout",)),
        ("ack 2", "ack", ("2",)),
        ('graph "Bad events today" 24h', "graph", ("Bad events today", "24h")),
        ("page shop it's down", "page", ("shop", "it's", "down")),
        ('page shop "half', "page", ("shop", '"half')),
        ("Who is on call?", "oncall", ()),
        ("who's on call for shop?", "oncall", ("shop",)),
        ("on call shop", "oncall", ("shop",)),
        ("declare an incident sev2 shop Gone", "incident", ("sev2", "shop", "Gone")),
        ("add to the timeline INC-3 Rolled back", "note", ("INC-3", "Rolled", "back")),
        ("post an update We roll back", "update", ("We", "roll", "back")),
        ("declare sev1 shop Cart is gone", "incident", ("sev1", "shop", "Cart", "is", "gone")),
    ],
)
def test_a_text_becomes_a_verb_and_its_words(text: str, verb: str, words: tuple[str, ...]) -> None:
    found = parse(text)
    assert isinstance(found, Command)
    assert (found.verb, found.words) == (verb, words)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("onncall shop", "oncall"), ("acknowlege", "ack"), ("incidnet", "incident"), ("frobnicate", "")],
)
def test_an_unknown_verb_is_answered_with_the_nearest_one(text: str, meant: str) -> None:
    assert parse(text) == Unknown(text.split(" ", maxsplit=1)[0], meant)


def test_the_rest_is_the_text_as_it_was_typed() -> None:
    found = parse('page "payments team"   the  cart "is"  gone')
    assert isinstance(found, Command)
    assert found.rest(1) == 'the  cart "is"  gone'


def test_every_verb_is_explained_by_an_example_of_itself() -> None:
    assert all(text.startswith(verb) for verb, text in HELP.items())


def test_a_text_without_end_is_cut() -> None:
    found = parse("page shop " + "x" * 9000)
    assert isinstance(found, Command)
    assert len(found.text) < 4000
