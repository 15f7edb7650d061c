"""The words of the public page for reports of abuse, in the languages that it speaks."""

REASONS = ("phishing", "malware", "spam", "illegal", "other")
LANGUAGES = ("en", "de")

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Report a short link",
        "lead": "Does a short link of this site lead to fraud, malware or something unlawful? "
        "Tell us; a person looks at it.",
        "address": "Short link",
        "address_help": "As you got it, for example {example}",
        "reason": "What is wrong with it?",
        "phishing": "Phishing: it asks for passwords or money under a false name",
        "malware": "Malware: it offers harmful software",
        "spam": "Spam: I got it without asking for it",
        "illegal": "Unlawful content",
        "other": "Something else",
        "text": "What did you see? (optional)",
        "contact": "Your mail address (optional)",
        "contact_help": "Only to tell you what was decided. We store nothing else that says who you are.",
        "send": "Send the report",
        "thanks_title": "Thank you",
        "thanks": "Your report has arrived. A moderator looks at it and stops the link if it is harmful.",
        "again": "Report another link",
        "website": "Leave this field empty",
        "unknown": "This is no short link of this site. Copy the whole address.",
        "reason_missing": "Choose what is wrong.",
        "text_long": "Use at most 2000 characters.",
        "unprintable": "The text contains characters that cannot be stored.",
        "contact_wrong": "This is no mail address.",
        "wrong": "Nothing was sent yet: please look at the marked fields.",
        "too_many": "That were many reports in a short time. Please try again in {seconds} seconds.",
    },
    "de": {
        "title": "Kurzlink melden",
        "lead": "F\u00fchrt ein Kurzlink dieser Seite zu Betrug, Schadsoftware oder Verbotenem? "
        "Melden Sie ihn; ein Mensch sieht nach.",
        "address": "Kurzlink",
        "address_help": "So, wie Sie ihn bekommen haben, zum Beispiel {example}",
        "reason": "Was stimmt damit nicht?",
        "phishing": "Phishing: fragt unter falschem Namen nach Passw\u00f6rtern oder Geld",
        "malware": "Schadsoftware",
        "spam": "Spam: kam unverlangt",
        "illegal": "Rechtswidriger Inhalt",
        "other": "Etwas anderes",
        "text": "Was haben Sie gesehen? (freiwillig)",
        "contact": "Ihre Mailadresse (freiwillig)",
        "contact_help": "Nur um Ihnen die Entscheidung mitzuteilen. "
        "Sonst speichern wir nichts, was sagt, wer Sie sind.",
        "send": "Meldung absenden",
        "thanks_title": "Danke",
        "thanks": "Ihre Meldung ist da. Ein Mensch sieht nach und stoppt den Link, wenn er schadet.",
        "again": "Noch einen Link melden",
        "website": "Dieses Feld bitte leer lassen",
        "unknown": "Das ist kein Kurzlink dieser Seite. Bitte die ganze Adresse einf\u00fcgen.",
        "reason_missing": "Bitte w\u00e4hlen Sie, was nicht stimmt.",
        "text_long": "Bitte h\u00f6chstens 2000 Zeichen.",
        "unprintable": "Der Text enth\u00e4lt Zeichen, die nicht gespeichert werden k\u00f6nnen.",
        "contact_wrong": "Das ist keine Mailadresse.",
        "wrong": "Noch wurde nichts gesendet: Bitte sehen Sie sich die markierten Felder an.",
        "too_many": "Das waren viele Meldungen in kurzer Zeit. Bitte in {seconds} Sekunden noch einmal versuchen.",
    },
}
