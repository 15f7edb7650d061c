"""The form of a quota."""

from django import forms


class QuotaForm(forms.Form):
    """The two bounds of a team; an empty field means without bound."""

    links_per_month = forms.IntegerField(
        required=False, min_value=0, label="New links a month", help_text="Empty: as many as they like."
    )
    clicks_per_month = forms.IntegerField(
        required=False,
        min_value=0,
        label="Clicks a month",
        help_text="People and bots. Beyond it no new links can be made; redirects go on.",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def values(self) -> dict[str, int | None]:
        return {name: self.cleaned_data[name] for name in ("links_per_month", "clicks_per_month")}
