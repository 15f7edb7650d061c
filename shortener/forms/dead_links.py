"""How the list of links to repair is narrowed."""

from django import forms


class DeadLinkFilterForm(forms.Form):
    q = forms.CharField(
        label="Search", required=False, widget=forms.SearchInput({"placeholder": "Slug, target, title"})
    )
    mine = forms.BooleanField(label="Only mine", required=False)
