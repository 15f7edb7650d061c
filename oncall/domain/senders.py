"""The kinds of senders, and what to paste into each of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sender; `path` is where it sends, with the key in it."""

    key: str
    label: str
    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text to copy, and where it belongs."""

    name: str
    text: str


KINDS = {
    kind.key: kind
    for kind in (
        Kind("alertmanager", "Prometheus Alertmanager", "Its webhook, in groups.", "/ingest/alertmanager/{key}/"),
        Kind("grafana", "Grafana", "Its webhook contact point, signed if you like.", "/ingest/grafana/{key}/"),
        Kind("pagerduty", "PagerDuty's clients", "Whatever speaks the Events API v2.", "/v2/enqueue"),
        Kind("json", "A script or another program", "JSON of its own, mapped if need be.", "/ingest/json/{key}/"),
        Kind("mail", "Mail", "For what can send nothing else."),
    )
}
CHOICES = [(kind.key, kind.label) for kind in KINDS.values()]


def address(kind: str, base_url: str, key: str, mail_host: str) -> str:
    """Where this kind of sender sends."""
    return f"{key}@{mail_host}" if kind == "mail" else f"{base_url}{KINDS[kind].path.format(key=key)}"


def snippets(
    kind: str, base_url: str, key: str, mail_host: str, *, mail_port: int = 2525, service: str = ""
) -> list[Snippet]:
    """What to paste, ready to run; `service` is the slug of the one that alerts belong to, where it is decided."""
    url = address(kind, base_url, key, mail_host)
    made = {
        "alertmanager": lambda: _alertmanager(url),
        "grafana": lambda: _grafana(url),
        "pagerduty": lambda: _pagerduty(base_url, key, service),
        "json": lambda: _json(url),
        "mail": lambda: _mail(url, mail_host, mail_port),
    }
    return made[kind]()


def _alertmanager(url: str) -> list[Snippet]:
    text = f"""receivers:
  - name: portal
    webhook_configs:
      - url: {url}
        send_resolved: true
route:
  receiver: portal
  group_by: [alertname, service]
  repeat_interval: 1h
"""
    amtool = """amtool alert add TestOfPortal severity=warning \\
  --annotation=summary="Ignore this test" --alertmanager.url=http://localhost:9093
"""
    labels = '{"alertname": "TestOfPortal", "severity": "warning"}'
    alert = f'{{"status": "firing", "labels": {labels}, "annotations": {{"summary": "Ignore this test"}}}}'
    curl = (
        f'curl -fsS {url} -H \'Content-Type: application/json\' \\\n  -d \'{{"version": "4", "alerts": [{alert}]}}\'\n'
    )
    return [
        Snippet("In alertmanager.yml", text),
        Snippet("Try it through Alertmanager, with amtool", amtool),
        Snippet("Try it without Alertmanager, with curl", curl),
    ]


def _grafana(url: str) -> list[Snippet]:
    text = f"""apiVersion: 1
contactPoints:
  - orgId: 1
    name: portal
    receivers:
      - uid: portal
        type: webhook
        settings:
          url: {url}
          httpMethod: POST
"""
    by_hand = f"Alerting > Contact points > Add contact point\nIntegration: Webhook\nURL: {url}\n"
    return [Snippet("By hand", by_hand), Snippet("In provisioning/alerting/portal.yaml", text)]


def _pagerduty(base_url: str, key: str, service: str) -> list[Snippet]:
    receiver = f"""receivers:
  - name: portal
    pagerduty_configs:
      - routing_key: {key}
        url: {base_url}/v2/enqueue
        send_resolved: true
"""
    python = f"""import pagerduty

events = pagerduty.EventsApiV2Client("{key}", base_url="{base_url}")
events.trigger("Restart the backup job", "db-1", dedup_key="backup")
events.resolve("backup")
"""
    return [
        Snippet("With curl", _event(base_url, key)),
        Snippet("In Python, with the package pagerduty", python),
        Snippet("In alertmanager.yml", receiver),
        Snippet("Changes, without paging", _change(base_url, key, service)),
    ]


def _event(base_url: str, key: str) -> str:
    payload = '{"summary": "Restart the backup job", "source": "db-1", "severity": "critical"}'
    body = f'{{"routing_key": "{key}", "event_action": "trigger", "dedup_key": "backup",\n       "payload": {payload}}}'
    return f"curl -fsS {base_url}/v2/enqueue -H 'Content-Type: application/json' \\\n  -d '{body}'\n"


def _change(base_url: str, key: str, service: str) -> str:
    named = f', "custom_details": {{"service": "{service or "the service"}"}}'
    payload = f'{{"summary": "Deploy 1.2.3", "source": "ci"{named}}}'
    body = f'{{"routing_key": "{key}",\n       "payload": {payload}}}'
    return f"curl -fsS {base_url}/v2/change/enqueue -H 'Content-Type: application/json' \\\n  -d '{body}'\n"


def _json(url: str) -> list[Snippet]:
    curl = f"curl -fsS --retry 5 {url} -H 'Content-Type: application/json' \\\n  -d "
    fire = '{"title": "Restart the backup job", "severity": "critical", "dedup_key": "backup"}'
    resolve = '{"dedup_key": "backup", "status": "resolved"}'
    return [Snippet("Fire", f"{curl}'{fire}'\n"), Snippet("Resolve", f"{curl}'{resolve}'\n")]


def _mail(address_of: str, mail_host: str, mail_port: int) -> list[Snippet]:
    server = f"smtp://{mail_host}:{mail_port}"
    curl = f"printf 'Subject: Restart the backup job\\n\\nIt did not end.\\n' | curl -fsS {server} \\\n"
    return [
        Snippet("Send mail to", f"{address_of}\n"),
        Snippet("With curl", f"{curl}  --mail-from backup@example.com --mail-rcpt {address_of} -T -\n"),
    ]
