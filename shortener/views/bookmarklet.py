"""The page with the bookmarklet.

Its address is built here and not in the template: templates hold no code. The page's own policy keeps the browser from
running it here; dragged to the bar of bookmarks it is the browser's, and runs on the pages where it is pressed.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shortener.domain import bookmarklets


@login_required
@require_safe
def bookmarklet(request: HttpRequest) -> HttpResponse:
    """A link to drag to the bar of bookmarks."""
    address = bookmarklets.address(settings.PORTAL_BASE_URL + reverse("link_create"))
    return render(request, "shortener/bookmarklet.html", {"bookmarklet": address})
