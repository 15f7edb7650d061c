"""The command line."""

import argparse
from collections.abc import Callable

from portal.srelink import account_commands, gate_commands, link_commands, number_commands, transfer_commands
from portal.srelink.failures import MEANING

Add = Callable[..., argparse.ArgumentParser]
EPILOG = "exit codes:\n" + "\n".join(f"  {code}  {meaning}" for code, meaning in MEANING.items())
STATES = ["active", "scheduled", "expired", "disabled", "banned", "used_up", "protected", "dead_target"]


def parser() -> argparse.ArgumentParser:
    """The parser of everything."""
    made = argparse.ArgumentParser(
        prog="srelink",
        description="Short links and the release gate of an SRE portal from the command line.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--url", help="address of the portal (else SRELINK_URL, else what login stored)")
    made.add_argument("--timeout", type=float, default=30, metavar="SECONDS", help="for each try (default 30)")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print the API's own JSON, errors included")
    common.add_argument("--quiet", action="store_true", help="no progress")

    def add(name: str, run: Callable[..., int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text, parents=[common])
        command.set_defaults(run=run)
        return command

    _add_links(add)
    _add_files(add)
    _add_gate(add)
    _add_account(add)
    return made


def _add_links(add: Add) -> None:
    create = add("create", link_commands.create, "Make a link and print its short address.")
    create.add_argument("target", help="where it leads")
    for name, text in (("slug", "else a random one"), ("domain", "else the default one"), ("team", "else your first")):
        create.add_argument(f"--{name}", help=text)
    _add_fields(create)
    listing = add("list", link_commands.show_list, "List links, newest first.")
    _add_filters(listing)
    listing.add_argument("--limit", type=int, default=50, help="how many (default 50)")
    listing.add_argument("--all", action="store_true", help="all of them")
    _link(add("show", link_commands.show, "Show one link."))
    update = _link(add("update", link_commands.update, "Change some fields of a link."))
    update.add_argument("--target", help="where it leads")
    update.add_argument(
        "--clear", action="append", default=[], choices=sorted(link_commands.CLEARED), help="empty a field"
    )
    _add_fields(update)
    _link(add("disable", link_commands.disable, "Switch a link off."))
    _link(add("enable", link_commands.enable, "Switch a link on again."))
    delete = _link(add("delete", link_commands.delete, "Delete a link; its slug stays taken for good."))
    delete.add_argument("--yes", action="store_true", help="do not ask")
    stats = _link(add("stats", number_commands.stats, "Show the clicks of a link."))
    stats.add_argument("--since", default="7d", help="how long ago, such as 24h, 7d, 4w (default 7d)")
    stats.add_argument("--from", dest="start", metavar="TIME", help="RFC 3339, instead of --since")
    stats.add_argument("--until", dest="end", metavar="TIME", help="RFC 3339 (default now)")
    stats.add_argument("--step", choices=["hour", "day", "week", "month"])
    qr = _link(add("qr", number_commands.qr, "Draw the QR code of a link."))
    qr.add_argument("-o", "--output", metavar="FILE", help="an .svg or .png file instead of the terminal")
    qr.add_argument("--scale", type=int, default=8, choices=range(1, 51), metavar="1..50", help="pixels per module")
    qr.add_argument("--border", type=int, default=2, choices=range(21), metavar="0..20", help="modules of margin")
    qr.add_argument("--error", default="m", choices=["l", "m", "q", "h"], help="how much damage it survives")


def _add_files(add: Add) -> None:
    importing = add("import", transfer_commands.import_file, "Import links from a file of another shortener.")
    importing.add_argument("file", help="CSV, JSON, or an SQL dump of YOURLS; - reads the standard input")
    importing.add_argument("--kind", help="portal, shlink, shlink_visits, yourls, bitly, kutt or csv (else by columns)")
    importing.add_argument("--domain", help="under which the links live (else the default one)")
    importing.add_argument("--team", help="whose they are (else your first)")
    importing.add_argument("--existing", choices=["report", "skip", "update"], help="links that lead elsewhere")
    importing.add_argument("--tag", dest="tags", action="append", help="a tag for every link; may be repeated")
    importing.add_argument("--map", action="append", metavar="FIELD=COLUMN", help="what a column means")
    importing.add_argument("--no-visits", action="store_true", help="leave visits behind")
    importing.add_argument("--dry-run", action="store_true", help="only show what would happen")
    importing.add_argument("--errors", metavar="FILE", help="write the rows that were left out into FILE (CSV)")
    importing.add_argument("--no-wait", dest="wait", action="store_false", help="do not wait for the end")
    export = add("export", transfer_commands.export, "Export links with all their fields.")
    _add_filters(export)
    export.add_argument("--format", default="csv", choices=["csv", "jsonl"])
    export.add_argument("-o", "--output", metavar="FILE", help="else the standard output")


def _add_gate(add: Add) -> None:
    gate = add("gate", gate_commands.gate, "Ask whether a service may release now; the exit code is the answer.")
    gate.add_argument("service", help="slug or id of the service")
    gate.add_argument("--kind", choices=["normal", "hotfix", "security", "rollback"], help="why (default normal)")
    gate.add_argument("--environment", help="where to (default production)")
    gate.add_argument("--version", help="what")
    gate.add_argument("--approver", metavar="MAIL", help="the second person who looked at it")
    gate.add_argument("--dry-run", action="store_true", help="only a trial, kept apart from real answers")
    gate.add_argument("--strict", action="store_true", help="a warning is no success")


def _add_account(add: Add) -> None:
    add("login", account_commands.login, "Store the portal's address and a token.")
    add("whoami", account_commands.whoami, "Show whose token is used and what it may do.")
    add("config", account_commands.show_configuration, "Show where address and token come from.")


def _link(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("link", help="id, slug, domain/slug or short address")
    return command


def _add_fields(command: argparse.ArgumentParser) -> None:
    texts = {
        "title": "what you call it",
        "notes": "for yourselves",
        "not-before": "works from (RFC 3339)",
        "expires-at": "works until (RFC 3339)",
        "expired-target": "where to go after that",
        "external-id": "your own name for it",
        "password": "- reads it from the standard input",
    }
    for name, text in texts.items():
        command.add_argument(f"--{name}", help=text)
    command.add_argument("--tag", dest="tags", action="append", help="may be repeated")
    command.add_argument("--redirect-status", type=int, choices=[301, 302, 307, 308])
    command.add_argument("--max-age", type=int, metavar="SECONDS", help="how long browsers keep the redirect")
    command.add_argument("--max-visits", type=int, metavar="N", help="how many people it leads")
    for name in ("forward-query", "forward-path", "preview", "is-indexed"):
        command.add_argument(f"--{name}", action=argparse.BooleanOptionalAction, default=None)


def _add_filters(command: argparse.ArgumentParser) -> None:
    command.add_argument("-q", "--search", dest="q", help="part of slug, target or title")
    command.add_argument("--state", choices=STATES)
    for name, text in (("tag", ""), ("domain", ""), ("team", "slug of the team"), ("owner", "id of a person, or me")):
        command.add_argument(f"--{name}", help=text)
    command.add_argument("--sort", choices=["newest", "oldest", "title", "clicks", "last_click"])
