"""The form with the options of a QR code."""

from typing import Any

from django import forms

from shortener.domain import qr

SIZES = [(256, "256 px: a screen"), (512, "512 px: a page"), (1024, "1024 px: a flyer"), (2048, "2048 px: a poster")]
LEVELS = [(level, f"{level}: {share} may be lost") for level, share in qr.LEVELS.items()]


class QrForm(forms.Form):
    """What a code looks like. The picture's own address takes the same names."""

    size = forms.TypedChoiceField(choices=SIZES, coerce=int, initial=512, required=False)
    margin = forms.IntegerField(
        label="Margin (modules)",
        required=False,
        initial=4,
        widget=forms.NumberInput({"min": 0, "max": qr.WIDEST_MARGIN}),
        help_text="Scanners want four.",
    )
    level = forms.ChoiceField(label="Error level", choices=LEVELS, initial="M", required=False)
    dark = forms.CharField(label="Dark", initial="#000000", required=False, widget=forms.TextInput({"type": "color"}))
    light = forms.CharField(label="Light", initial="#ffffff", required=False, widget=forms.TextInput({"type": "color"}))
    logo = forms.BooleanField(
        label="The domain's logo in the middle", required=False, initial=True, help_text="Then the level is H."
    )

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["logo"]

    def wanted(self) -> dict[str, str]:
        """The options as the picture's address takes them."""
        if not self.is_bound:
            return {}
        given = {name: str(self.data.get(name, "")) for name in self.fields if name != "logo"}
        flag = {"logo": "true" if self.data.get("logo") else "false"} if "logo" in self.fields else {}
        return {name: text for name, text in given.items() if text} | flag
