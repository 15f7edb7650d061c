from portal.accounts.domain import scopes

READ_ONLY = {"reports", "audit", "stats"}
ADMIN_ONLY = {"domains"}


def test_every_resource_has_a_pair_unless_it_is_read_only() -> None:
    nouns = {scope.split(":")[0] for scope in scopes.MEANING if ":" in scope}
    unpaired = {noun for noun in nouns if f"{noun}:write" not in scopes.MEANING}
    assert unpaired == READ_ONLY | ADMIN_ONLY


def test_unknown_words_are_named() -> None:
    assert scopes.unknown(["links:read", "links:fly", "root"]) == ["links:fly", "root"]


def test_scopes_are_kept_once_in_the_order_of_the_registry() -> None:
    assert scopes.ordered(["slos:read", "links:read", "slos:read"]) == ["links:read", "slos:read"]


def test_a_session_may_give_every_scope_away() -> None:
    assert scopes.beyond(["admin"], None) == []


def test_a_token_gives_away_only_what_it_has() -> None:
    assert scopes.beyond(["links:read", "audit:read"], frozenset({"links:read"})) == ["audit:read"]


def test_the_admin_scope_may_give_every_scope_away() -> None:
    assert scopes.beyond(["links:read"], frozenset({"admin"})) == []
