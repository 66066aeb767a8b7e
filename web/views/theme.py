"""The choice between the light theme, the dark one, and the system's."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from web.context_processors import THEMES
from web.next_page import next_page

COOKIE_SECONDS = 400 * 24 * 3600  # the longest that browsers keep a cookie


# Without a token: it only colours the page, and a token in every page would make every page personal.
@csrf_exempt
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme of ``theme`` ("light", "dark"; anything else: the system's) and go back to ``next``."""
    response = HttpResponseRedirect(next_page(request) or reverse("map"))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            "theme", chosen, max_age=COOKIE_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
