"""How the form of an answer is chosen."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from rest_framework import exceptions, negotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

FORMAT_PARAMETER = "format"


class FormatNegotiation(negotiation.DefaultContentNegotiation):
    """``?format=`` goes before ``Accept``; an unknown format is a bad parameter (400)."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        renderers = list(renderers)
        name = request.query_params.get(FORMAT_PARAMETER)
        if not name:
            chosen: tuple[BaseRenderer, str] = super().select_renderer(request, renderers, format_suffix)
            return chosen
        for renderer in renderers:
            if renderer.format == name:
                return renderer, renderer.media_type
        known = ", ".join(str(renderer.format) for renderer in renderers)
        raise exceptions.ValidationError(
            {FORMAT_PARAMETER: [_("Unknown format. Choose from: %(known)s.") % {"known": known}]}
        )
