"""What visitors of short links read, in every language that is spoken here; for the edge and the portal alike."""

from typing import NamedTuple

from shortener.domain.redirect import Kind

LANGUAGES = ("en", "de")
"""The first one is for whoever asks for none of them."""


class Text(NamedTuple):
    """A title and a sentence below it."""

    title: str
    hint: str


_UNKNOWN = {
    "en": Text("This link does not exist", "Check that the address is complete and spelled as you received it."),
    "de": Text("Diesen Link gibt es nicht", "Prüfen Sie, ob die Adresse vollständig und richtig geschrieben ist."),
}

PAGES: dict[str, dict[str, Text]] = {
    Kind.UNKNOWN: _UNKNOWN,
    Kind.DELETED: _UNKNOWN,
    Kind.NOT_YET: {
        "en": Text("This link is not open yet", "It will work later. Ask whoever gave it to you from when on."),
        "de": Text(
            "Dieser Link ist noch nicht offen", "Er gilt erst später. Fragen Sie dort nach, woher Sie ihn haben."
        ),
    },
    Kind.EXPIRED: {
        "en": Text(
            "This link has expired", "It was meant for a limited time. Ask whoever gave it to you for a new one."
        ),
        "de": Text(
            "Dieser Link ist abgelaufen", "Er galt nur für eine gewisse Zeit. Bitten Sie um einen neuen, wo er herkam."
        ),
    },
    Kind.USED_UP: {
        "en": Text(
            "This link is used up", "It was open to a limited number of visits, and all of them have been made."
        ),
        "de": Text(
            "Dieser Link ist aufgebraucht", "Er war für eine begrenzte Zahl von Besuchen da; alle sind erfolgt."
        ),
    },
    Kind.DISABLED: {
        "en": Text("This link was switched off", "Its owner has disabled it."),
        "de": Text("Dieser Link ist abgeschaltet", "Wer ihn angelegt hat, hat ihn ausgeschaltet."),
    },
    Kind.BANNED: {
        "en": Text("This link was blocked", "It was reported or found to be abusive, and leads nowhere any more."),
        "de": Text("Dieser Link ist gesperrt", "Er wurde als missbräuchlich erkannt und führt nirgendwohin mehr."),
    },
    Kind.UNCOUNTED: {
        "en": Text("One moment", "Visits of this link cannot be counted just now, so it is closed. Try again soon."),
        "de": Text(
            "Einen Augenblick",
            "Besuche dieses Links lassen sich gerade nicht zählen, darum ist er zu. Versuchen Sie es gleich wieder.",
        ),
    },
    Kind.PASSWORD: {
        "en": Text("This link asks for a password", "Whoever gave you the link knows it."),
        "de": Text("Dieser Link fragt nach einem Passwort", "Wer Ihnen den Link gegeben hat, kennt es."),
    },
    "too_many": {
        "en": Text("Too many wrong addresses", "From your network came many links that do not exist. Wait a little."),
        "de": Text(
            "Zu viele falsche Adressen", "Aus Ihrem Netz kamen viele Links, die es nicht gibt. Warten Sie etwas."
        ),
    },
    "unknown_host": {
        "en": Text("No links here", "This address does not belong to a short domain that is served here."),
        "de": Text("Hier gibt es keine Links", "Diese Adresse gehört zu keiner Kurz-Domain, die hier bedient wird."),
    },
    "unavailable": {
        "en": Text("One moment", "This server is still loading its links. Try again in a few seconds."),
        "de": Text(
            "Einen Augenblick", "Dieser Server lädt noch seine Links. Versuchen Sie es in einigen Sekunden wieder."
        ),
    },
    "root": {
        "en": Text("Short links live here", "Open the whole address of a link to follow it."),
        "de": Text("Hier wohnen Kurzlinks", "Öffnen Sie die ganze Adresse eines Links, um ihm zu folgen."),
    },
    "bad_path": {
        "en": Text("Bad request", "Your browser or program sent something that is no valid request for a link."),
        "de": Text(
            "Ungültige Anfrage", "Ihr Browser oder Programm hat etwas geschickt, das keine Anfrage nach einem Link ist."
        ),
    },
}

REFUSALS: dict[int, Text] = {
    400: PAGES["bad_path"]["en"],
    405: Text("Method not allowed", "Links are followed with GET or HEAD."),
    408: Text("Too slow", "The request did not arrive in time."),
    414: Text("Address too long", "No link has an address of this length."),
    431: Text("Request too large", "The request has more headers than are accepted here."),
    503: Text("Busy", "Too many connections are open. Try again in a few seconds."),
    505: Text("Unsupported version", "Links are served over HTTP/1.1."),
}
"""For requests that were not understood, so that nobody knows their language."""

STATUSES: dict[str, int] = {
    Kind.UNKNOWN: 404,
    Kind.DELETED: 404,
    Kind.NOT_YET: 404,
    Kind.EXPIRED: 410,
    Kind.USED_UP: 410,
    Kind.DISABLED: 410,
    Kind.BANNED: 451,
    Kind.UNCOUNTED: 503,
    Kind.PASSWORD: 401,
    "too_many": 429,
    "unknown_host": 404,
    "unavailable": 503,
    "root": 200,
    "bad_path": 400,
}
"""The status with which a page is sent."""

OWN_PAGES: dict[str, str] = {
    Kind.UNKNOWN: "unknown",
    Kind.DELETED: "unknown",
    Kind.EXPIRED: "expired",
    "root": "root",
}
"""Which page of the domain's owner stands for a kind of answer, where there is one."""

REPORTED = frozenset({Kind.UNKNOWN, Kind.DELETED, Kind.NOT_YET, Kind.EXPIRED, Kind.USED_UP, Kind.DISABLED, "root"})
"""Kinds of pages that say where to report abuse."""

REPORT = {"en": "Report abuse", "de": "Missbrauch melden"}

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "short_link": "Short link",
        "leads_to": "leads to",
        "depends": "Where this link leads depends on who asks: this is where it leads you.",
        "made": "Made",
        "go": "Go there",
        "password": "Password",
        "open": "Open the link",
        "wrong": "That is not the password.",
        "missing": "Give the password.",
        "wait": "Too many passwords were tried. Try again in {seconds} s.",
        "report": REPORT["en"],
    },
    "de": {
        "short_link": "Kurzlink",
        "leads_to": "führt zu",
        "depends": "Wohin dieser Link führt, hängt davon ab, wer fragt: Sie führt er hierhin.",
        "made": "Angelegt am",
        "go": "Dorthin gehen",
        "password": "Passwort",
        "open": "Link öffnen",
        "wrong": "Das ist nicht das Passwort.",
        "missing": "Geben Sie das Passwort ein.",
        "wait": "Es wurden zu viele Passwörter versucht. Versuchen Sie es in {seconds} s wieder.",
        "report": REPORT["de"],
    },
}
"""The words of the portal's pages for visitors: preview and password."""


def problem(kind: str, text: Text, **members: str) -> dict[str, str | int]:
    """The members of a problem document that says what the page of this kind says."""
    return {
        "type": f"urn:problem:link:{kind}",
        "title": text.title,
        "status": STATUSES[kind],
        "detail": text.hint,
        **members,
    }
