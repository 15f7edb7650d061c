"""The form that takes OpenSLO files."""

from typing import Any

from django import forms

from slo.services.yaml_files import MOST_CHARACTERS, MOST_FILES, File


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some text files at once."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[File]:
        given = [one for one in (data or []) if one]
        if len(given) > MOST_FILES or sum(one.size for one in given) > MOST_CHARACTERS:
            raise forms.ValidationError(f"At most {MOST_FILES} files of {MOST_CHARACTERS:,} bytes together.")
        return [self._read(one) for one in given]

    def _read(self, given: Any) -> File:
        try:
            return File(given.name, given.read().decode())
        except UnicodeDecodeError as error:
            raise forms.ValidationError(f"{given.name} is no UTF-8 text.") from error


class OpenSloForm(forms.Form):
    """Files, or their text; what was rehearsed comes back as text."""

    documents = FilesField(label="Files", required=False, help_text="One or several YAML files.")
    text = forms.CharField(
        label="Or their text",
        required=False,
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "font-monospace"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("documents") and not (data.get("text") or "").strip() and not self.errors:
            raise forms.ValidationError("Choose a file, or paste its text.")
        return data

    def given(self) -> list[File]:
        """The files that were given, the pasted text as one of them."""
        pasted = self.cleaned_data.get("text") or ""
        return [*self.cleaned_data["documents"], *([File("pasted.yaml", pasted)] if pasted.strip() else [])]

    def text_again(self) -> str:
        """All of it as one text, for the second step."""
        return "\n---\n".join(file.text for file in self.given())
