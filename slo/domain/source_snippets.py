"""What jobs and programs run to report to the portal: ready to be copied, and run by the tests as they stand."""

from dataclasses import dataclass

CURL = "curl -fsS -m 10 --retry 5 -o /dev/null"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text to copy, and where it belongs."""

    name: str
    text: str


def of_heartbeat(url: str, expression: str = "") -> list[Snippet]:
    """How a job reports to `url`, which ends with a slash: at its end, with its exit code, and how long it took."""
    return [
        Snippet("At the end of a script", f"{CURL} {url}\n"),
        Snippet("Around a command, with its exit code", _shell(url)),
        Snippet("In a crontab", f"{expression or '30 2 * * *'}  /path/to/job; {CURL} {url}$?\n"),
        Snippet("In a systemd service", _systemd(url)),
        Snippet("In Python", _python(url)),
    ]


def _shell(url: str) -> str:
    return (
        f"rid=$(cat /proc/sys/kernel/random/uuid)\n"
        f'{CURL} "{url}start?rid=$rid"\n'
        f"output=$(/path/to/job 2>&1); code=$?\n"
        f'printf "%s" "$output" | tail -c 10000 | {CURL} --data-binary @- "{url}$code?rid=$rid"\n'
    )


def _systemd(url: str) -> str:
    return (
        f"[Service]\nType=oneshot\n"
        f"ExecStartPre=-{CURL} {url}start\n"
        f"ExecStart=/path/to/job\n"
        f"ExecStopPost=-/bin/sh -c '{CURL} {url}$([ \"$SERVICE_RESULT\" = success ] && echo 0 || echo fail)'\n"
    )


def _python(url: str) -> str:
    return (
        "from urllib.request import urlopen\n\n"
        f'urlopen("{url}start", timeout=10)\n'
        "try:\n"
        "    ...  # the job\n"
        "except BaseException:\n"
        f'    urlopen("{url}fail", timeout=10)\n'
        "    raise\n"
        f'urlopen("{url}", timeout=10)\n'
    )


def of_push(url: str, minute: str) -> list[Snippet]:
    """How a program pushes counts to `url`; PORTAL_TOKEN holds a token with slos:write."""
    body = f'{{"source": "edge-1", "minutes": [{{"minute": "{minute}", "good": 98, "total": 100}}]}}'
    shell = (
        f"curl --silent --show-error --fail-with-body --request POST \\\n"
        f'  --header "Authorization: Bearer $PORTAL_TOKEN" --header "Content-Type: application/json" \\\n'
        f"  --data '{body}' \\\n"
        f"  {url}\n"
    )
    return [Snippet("With curl", shell)]
