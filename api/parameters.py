"""What a request asks for: nothing unknown, nothing twice, and the instant it is about."""

from collections.abc import Collection
from datetime import date

from django import forms
from django.core.exceptions import ValidationError as InvalidValue
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.provenance import instant_text
from projects.as_of import AsOf, InvalidAsOfError, parse_as_of
from projects.filters import ISO_DAY
from projects.landscape_state import current_landscape


def refuse_unknown(request: Request, *, known: Collection[str], repeatable: Collection[str] = ()) -> None:
    """Raise ValidationError, naming each, for parameters that are not known or given twice without meaning."""
    problems = {}
    for name, values in request.query_params.lists():
        if name not in known:
            problems[name[:100]] = [
                _("Unknown parameter. Choose from: %(known)s.") % {"known": ", ".join(sorted(known))}
            ]
        elif len(values) > 1 and name not in repeatable:
            problems[name] = [_("Give this parameter once.")]
    if problems:
        raise ValidationError(problems)


def read_as_of(request: Request) -> AsOf:
    """Read ``as_of``; now where it is not given. Raises ValidationError, also for what lies before the history.

    One query for the past. Where there is no version at all, there is no history to lie before.
    """
    try:
        as_of = parse_as_of(request.query_params.get("as_of", ""), now=timezone.now())
    except InvalidAsOfError as error:
        raise ValidationError({"as_of": [str(error)]}) from error
    landscape = None if as_of.is_now else current_landscape()
    if landscape and landscape.began_at and as_of.instant < landscape.began_at:
        message = _("%(text)s lies before the landscape's first version, of %(first)s.")
        given = {"text": as_of.text, "first": instant_text(landscape.began_at)}
        raise ValidationError({"as_of": [message % given]})
    return as_of


def read_flag(request: Request, name: str) -> bool:
    """Read a parameter that is ``true`` or ``false``; false where it is not given. Raises ValidationError."""
    text = request.query_params.get(name, "")
    if text not in {"", "true", "false"}:
        raise ValidationError({name: [_("Give true or false.")]})
    return text == "true"


def read_number(request: Request, name: str) -> int | None:
    """Read a parameter that is a whole number from 1; None where it is not given. Raises ValidationError."""
    text = request.query_params.get(name, "").strip()
    if not text:
        return None
    # Nine digits are more than any page; longer texts would only keep int() busy.
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0):  # noqa: PLR2004
        raise ValidationError({name: [_("Give a whole number from 1.")]})
    return int(text)


def read_page_size(request: Request, *, default: int, most: int) -> int:
    """Read ``page_size``. Raises ValidationError."""
    size = read_number(request, "page_size") or default
    if size > most:
        raise ValidationError({"page_size": [_("A page holds at most %(most)s rows.") % {"most": most}]})
    return size


def read_choice(request: Request, name: str, *, choices: Collection[str], default: str) -> str:
    """Read a parameter that is one of some words. Raises ValidationError."""
    text = request.query_params.get(name, "") or default
    _refuse_others([text], name, choices)
    return text


def read_choices(request: Request, name: str, *, choices: Collection[str]) -> list[str]:
    """Read a parameter that may be given more than once, each time one of some words. Raises ValidationError."""
    asked = [text for text in request.query_params.getlist(name) if text]
    _refuse_others(asked, name, choices)
    return asked


def _refuse_others(asked: Collection[str], name: str, choices: Collection[str]) -> None:
    if any(text not in choices for text in asked):
        message = _("Unknown value. Choose from: %(known)s.") % {"known": ", ".join(choices)}
        raise ValidationError({name: [message]})


def read_day(request: Request, name: str) -> date | None:
    """Read a parameter that is a day, 2020-04-25; None where it is not given. Raises ValidationError."""
    try:
        day: date | None = forms.DateField(input_formats=ISO_DAY, required=False).clean(
            request.query_params.get(name, "")
        )
    except InvalidValue as error:
        raise ValidationError({name: [_("Give a day such as 2020-04-25.")]}) from error
    return day


def read_span(request: Request) -> tuple[date | None, date | None]:
    """Read ``from`` and ``to``, both days; None where one is not given. Raises ValidationError."""
    first, last = read_day(request, "from"), read_day(request, "to")
    if first and last and last < first:
        raise ValidationError({"to": [_("This day is before the first one.")]})
    return first, last
