"""The forms of the pages. What a field may hold is decided by the services, whose errors are put on the form."""

from shortener.forms.link_filter import LinkFilterForm
from shortener.forms.links import LinkEditForm, LinkForm, initial_of

__all__ = ["LinkEditForm", "LinkFilterForm", "LinkForm", "initial_of"]
