"""Single values of a landscape file, as people wrote them, turned into text, days, flags and JSON."""

import base64
import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import TypeAlias

MAX_NODES = 10_000
MAX_DEPTH = 100  # as deep as the text may nest

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt ].*)?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"


class TooManyValuesError(ValueError):
    """A value unfolds into more than 10,000 parts (aliases of aliases, or one that contains itself)."""


def text_of(value: object) -> str:
    """Give a scalar as stripped text: null is empty, days are ISO, and NUL, which PostgreSQL refuses, goes out."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\x00", "").strip()
    return str(json_of(value))


def flag_of(value: object) -> bool | None:
    """Give a marker's truth, also if it was quoted; None for anything that is neither yes nor no."""
    return value if isinstance(value, bool) else _FLAGS.get(text_of(value).lower())


def day_of(value: object) -> dt.date | None:
    """Give the day as it was written: ``2022-6-17``, ``20190806``, a time stamp; None for anything else."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = text_of(value)
    match = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if match is None:
        return None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None


def json_of(value: object) -> JSON:
    """Give ``value`` as JSON can hold it: days in ISO form, bytes in base64, sets as lists.

    Raises ``TooManyValuesError`` beyond 10,000 parts.
    """
    return _json_of(value, [MAX_NODES], MAX_DEPTH)


def _json_of(value: object, budget: list[int], depth: int) -> JSON:
    budget[0] -= 1
    if budget[0] < 0 or depth < 0:
        raise TooManyValuesError(f"a value unfolds into more than {MAX_NODES:,} parts, or into itself")
    if isinstance(value, Mapping):
        return {text_of(key): _json_of(part, budget, depth - 1) for key, part in value.items()}
    if isinstance(value, set):
        value = sorted(value, key=str)
    if isinstance(value, list | tuple):
        return [_json_of(part, budget, depth - 1) for part in value]
    return _json_scalar(value)


def _json_scalar(value: object) -> JSON:
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    is_number = value is None or isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
    return value if is_number else str(value)  # type: ignore[return-value]  # what is_number says
