"""Matchers see the sender's labels and what the portal knows beside them."""

from oncall.domain import labels


def test_pseudo_labels_stand_beside_the_senders_own() -> None:
    found = labels.known({"pod": "a"}, severity="critical", team="ops", source="api", title="Restart it")
    assert found == {
        "pod": "a",
        "severity": "critical",
        "team": "ops",
        "source": "api",
        "title": "Restart it",
        "service": "",
        "integration": "",
    }


def test_the_senders_own_are_never_overridden() -> None:
    found = labels.known({"team": "theirs"}, severity="info", team="ops", source="", title="")
    assert (found["team"], set(labels.PSEUDO) <= set(found)) == ("theirs", True)
