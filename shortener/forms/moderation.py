"""The forms of moderators: bans, rules of the blocklist, and decisions about reports."""

from django import forms

from shortener.models import Ban, BlockRule

DECISIONS = [
    ("ban_link", "Ban this link"),
    ("ban_host", "Ban the host: every link to it and its subdomains"),
    ("ban_owner", "Ban the owner: all their links, and new ones"),
    ("dismiss", "Dismiss: the link is fine"),
]
KINDS = [("link", "A link"), ("host", "A host and its subdomains"), ("owner", "An owner: a person or a team")]
RULE_KINDS = [
    ("host", "Block a host and its subdomains"),
    ("pattern", "Block a pattern"),
    ("allow", "Allow a host: an exception from the list of shorteners and from wider hosts"),
]


class BanForm(forms.Form):
    """A new ban."""

    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect, initial="host")
    value = forms.CharField(
        label="Which one",
        help_text="A short address or link id; a host such as evil.example; a mail address, user id or team.",
    )
    reason = forms.CharField(widget=forms.Textarea({"rows": 2}), help_text="For the audit log and your colleagues.")


class BanFilterForm(forms.Form):
    q = forms.CharField(label="Search", required=False, widget=forms.SearchInput({"placeholder": "Name or reason"}))
    state = forms.ChoiceField(choices=[("", "In force"), ("lifted", "Lifted")], required=False)


class BlockRuleForm(forms.Form):
    """A new rule."""

    kind = forms.ChoiceField(choices=RULE_KINDS, widget=forms.RadioSelect, initial="host")
    value = forms.CharField(
        label="Host or pattern", help_text="In a pattern * stands for anything: *.example.com/login* or *paypa1*."
    )
    reason = forms.CharField(required=False)


class BlockRuleImportForm(forms.Form):
    """A pasted list."""

    text = forms.CharField(
        label="List",
        widget=forms.Textarea({"rows": 12, "spellcheck": "false"}),
        help_text="A host or a pattern per line. Hosts files and ||host^ lines work too; # begins a comment.",
    )
    reason = forms.CharField(required=False, help_text="Where the list comes from.")


class BlockRuleFilterForm(forms.Form):
    q = forms.CharField(label="Search", required=False, widget=forms.SearchInput({"placeholder": "Host or pattern"}))
    kind = forms.ChoiceField(choices=[("", "All kinds"), *BlockRule.Kind.choices], required=False)


class DecisionForm(forms.Form):
    """What becomes of a reported link."""

    decision = forms.ChoiceField(label="Decision", choices=DECISIONS, widget=forms.RadioSelect)
    host = forms.CharField(
        required=False, max_length=Ban._meta.get_field("value").max_length, help_text="Only for a ban of the host."
    )
    note = forms.CharField(
        required=False, widget=forms.Textarea({"rows": 2}), help_text="Why; it becomes the reason of the ban."
    )
