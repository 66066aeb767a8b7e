"""Screens that people keep: their list, and what is done with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import SavedScreen
from web.forms.saved_screens import RenameForm, SavedScreenForm, screen_query

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from web.people import OwnRequest


@require_safe
@never_cache
@login_required
def saved_screens(request: OwnRequest) -> HttpResponse:
    """List one's screens; ``?save=`` brings a query string to be kept."""
    query = screen_query(request.GET.get("save", ""))
    form = SavedScreenForm(instance=SavedScreen(user=request.user, query=query)) if "save" in request.GET else None
    return render(request, "screener/saved.html", _context(request, form))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def saved_screen_add(request: OwnRequest) -> HttpResponse:
    """Keep a screen; who comes here by a link, after a change of language, is led to the list."""
    if request.method != "POST":
        return redirect("saved_screens")
    form = SavedScreenForm(request.POST, instance=SavedScreen(user=request.user, created_at=timezone.now()))
    if not form.is_valid():
        return render(request, "screener/saved.html", _context(request, form), status=422)
    screen = form.save()
    messages.success(request, _("The screen %(name)s is saved.") % {"name": screen.name})
    return redirect("saved_screens")


@require_POST
@never_cache
@login_required
def saved_screen_change(request: OwnRequest, pk: int) -> HttpResponse:
    """Rename one of one's screens, or open or close it to others."""
    screen = get_object_or_404(request.user.saved_screens, pk=pk)
    form = RenameForm(request.POST, instance=screen)
    if form.is_valid():
        form.save()
        messages.success(request, _("The screen %(name)s is saved.") % {"name": screen.name})
    else:
        for sentences in form.errors.values():
            messages.error(request, " ".join(str(sentence) for sentence in sentences))
    return redirect("saved_screens")


@require_POST
@never_cache
@login_required
def saved_screen_delete(request: OwnRequest, pk: int) -> HttpResponse:
    """Delete one of one's screens; its address leads nowhere any more."""
    screen = get_object_or_404(request.user.saved_screens, pk=pk)
    screen.delete()
    messages.success(request, _("The screen %(name)s is deleted.") % {"name": screen.name})
    return redirect("saved_screens")


@require_safe
@never_cache
def saved_screen(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to the screener in the state that was saved; 404 for others while it is not shared."""
    may_see = Q(is_shared=True)
    if request.user.is_authenticated:
        may_see |= Q(user=request.user)
    screen = get_object_or_404(SavedScreen.objects.filter(may_see), key=key)
    page = reverse("screener")
    return redirect(f"{page}?{screen.query}" if screen.query else page)


def _context(request: OwnRequest, form: SavedScreenForm | None) -> dict[str, Any]:
    screens = request.user.saved_screens.order_by("name", "pk")
    return {
        "form": form,
        "screens": [(screen, request.build_absolute_uri(screen.get_absolute_url())) for screen in screens],
    }
