"""The forms of the pages, a module per noun."""

from shortener.forms.links import LinkEditForm, LinkFilterForm, LinkForm, initial_of

__all__ = ["LinkEditForm", "LinkFilterForm", "LinkForm", "initial_of"]
