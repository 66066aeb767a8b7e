"""What a request asks for: nothing unknown, nothing twice, and the instant it is about."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from projects.as_of import AsOf, InvalidAsOfError, parse_as_of


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
    """Read ``as_of``; now where it is not given. Raises ValidationError."""
    try:
        return parse_as_of(request.query_params.get("as_of", ""), now=timezone.now())
    except InvalidAsOfError as error:
        raise ValidationError({"as_of": [str(error)]}) from error


def read_flag(request: Request, name: str) -> bool:
    """Read a parameter that is ``true`` or ``false``; false where it is not given. Raises ValidationError."""
    text = request.query_params.get(name, "")
    if text not in {"", "true", "false"}:
        raise ValidationError({name: [_("Give true or false.")]})
    return text == "true"
