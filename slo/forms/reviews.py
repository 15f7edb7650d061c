"""The form of a review."""

from django import forms


class ReviewForm(forms.Form):
    """What was found, for those who come later."""

    note = forms.CharField(
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What you looked at and what follows from it. It is kept in the audit log.",
    )
