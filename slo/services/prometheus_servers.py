"""The Prometheus servers of a team: adding, changing, testing, removing. Their secrets are sealed at rest."""

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib import safe_http, sealing
from portal.lib.errors import Conflict, Invalid, PreconditionFailed
from slo.clients import prometheus as client
from slo.models import PrometheusServer
from slo.models.sources import AUTHS

FACTS = ("name", "url", "auth", "username", "verify_tls", "timeout")
LONGEST_TIMEOUT = timedelta(seconds=60)
HEADER_NAME = re.compile(r"[A-Za-z0-9-]{1,60}")
OURS = frozenset({"host", "content-length", "transfer-encoding", "connection", "user-agent"})
MOST_SECRET = 4000
BROKEN = "Its secret was sealed with another PORTAL_SECRET_KEY. Enter it again."


def shown(server: PrometheusServer) -> dict[str, Any]:
    """The facts of a server without its secret, for the audit log and for forms."""
    return {name: getattr(server, name) for name in FACTS} | {"has_secret": bool(server.credentials)}


def create_server(
    *, actor: Actor, team_id: int, facts: Mapping[str, Any], secret: str, now: datetime
) -> PrometheusServer:
    """Adds a server to a team. Invalid names all wrong fields; nothing is asked of the server yet."""
    server = PrometheusServer(team_id=team_id, created_at=now, **_known(facts))
    _check(server, secret)
    server.credentials = sealing.seal(secret)
    _save(server)
    audit.record(actor=actor, action="prometheus_server.created", target=server, after=shown(server), now=now)
    return server


@transaction.atomic
def update_server(
    *,
    actor: Actor,
    server: PrometheusServer,
    facts: Mapping[str, Any],
    secret: str | None,
    now: datetime,
    expected_version: int | None = None,
) -> PrometheusServer:
    """Changes a server; no `secret` keeps the one there is, unless the address changes: it was given to the old one."""
    kept = PrometheusServer.objects.select_for_update(of=("self",)).get(pk=server.pk)
    if expected_version is not None and kept.version != expected_version:
        raise PreconditionFailed
    before, origin = shown(kept), urlsplit(kept.url)[:2]
    for name, value in _known(facts).items():
        setattr(kept, name, value)
    _check(kept, _present(kept, secret, moved=urlsplit(kept.url)[:2] != origin))
    if secret is not None or kept.auth == "none":
        kept.credentials = sealing.seal(secret or "")
    kept.version += 1
    kept.problem = ""
    _save(kept)
    audit.record(
        actor=actor, action="prometheus_server.updated", target=kept, before=before, after=shown(kept), now=now
    )
    return kept


@transaction.atomic
def delete_server(*, actor: Actor, server: PrometheusServer, now: datetime) -> None:
    """Removes a server that no SLI reads."""
    try:
        audit.record(actor=actor, action="prometheus_server.deleted", target=server, before=shown(server), now=now)
        server.delete()
    except ProtectedError as error:
        raise Conflict("SLIs read this server. Let them read another one first.") from error


def try_server(*, server: PrometheusServer, now: datetime) -> str:
    """Asks the server for the simplest answer and returns its version; the row keeps what came of it. Invalid."""
    try:
        version = client.version(access_of(server))
    except client.PrometheusError as error:
        PrometheusServer.objects.filter(pk=server.pk).update(problem=error.reason[:300])
        raise Invalid(error.reason) from error
    PrometheusServer.objects.filter(pk=server.pk).update(problem="", answered_at=now)
    return version


def access_of(server: PrometheusServer) -> client.Access:
    """How the client reaches the server, with its secret opened; PrometheusError when that cannot be done."""
    try:
        secret = sealing.unseal(server.credentials)
    except sealing.BrokenSeal as error:
        raise client.PrometheusError(BROKEN, is_down=True, permanent=True) from error
    return client.Access(
        url=server.url,
        timeout=server.timeout,
        verify_tls=server.verify_tls,
        headers=_sign_in(server.auth, server.username, secret),
    )


def _sign_in(auth: str, username: str, secret: str) -> dict[str, str]:
    if auth == "basic":
        return {"Authorization": "Basic " + b64encode(f"{username}:{secret}".encode()).decode()}
    if auth == "bearer":
        return {"Authorization": f"Bearer {secret}"}
    return {username: secret} if auth == "header" else {}


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(facts) - set(FACTS))
    if unknown:
        raise Invalid(fields={name: ["A server has no such field."] for name in unknown})
    return dict(facts)


def _present(server: PrometheusServer, secret: str | None, *, moved: bool) -> str | None:
    """The secret to check; None stands for the one that is kept, which another address does not get."""
    return "" if secret is None and (moved or not server.credentials) else secret


def _save(server: PrometheusServer) -> None:
    try:
        with transaction.atomic():
            server.save()
    except IntegrityError as error:
        if "prometheus_server_name_once_per_team" not in str(error):
            raise
        raise Invalid(fields={"name": ["The team has a server of this name."]}) from error


def _check(server: PrometheusServer, secret: str | None) -> None:
    found = {
        "name": "" if server.name.strip() else "Give the server a name.",
        "url": _url_problem(server.url),
        "auth": "" if server.auth in dict(AUTHS) else f"Choose one of {', '.join(dict(AUTHS))}.",
        "username": _username_problem(server),
        "secret": _secret_problem(server.auth, secret),
        "timeout": "" if timedelta(0) < server.timeout <= LONGEST_TIMEOUT else "Choose up to 60 seconds.",
    }
    wrong = {name: [problem] for name, problem in found.items() if problem}
    if wrong:
        raise Invalid(fields=wrong)


def _url_problem(url: str) -> str:
    try:
        safe_http.check_url(url)
    except safe_http.FetchError as error:
        return error.reason
    return "Give the address without query and fragment." if {"?", "#"} & set(url) else ""


def _username_problem(server: PrometheusServer) -> str:
    if server.auth == "header" and (not HEADER_NAME.fullmatch(server.username) or server.username.lower() in OURS):
        return "Give the name of the header, such as X-Scope-OrgID."
    if server.auth == "basic" and (not server.username or ":" in server.username):
        return "Give the user's name, without a colon."
    return ""


def _secret_problem(auth: str, secret: str | None) -> str:
    if auth == "none" or secret is None:
        return ""
    if not secret:
        return "Enter the secret: a new server or a new address needs it."
    fits = len(secret) <= MOST_SECRET and secret.isprintable() and secret.isascii()
    return "" if fits or (auth == "basic" and secret.isprintable()) else "A header takes printable ASCII only."
