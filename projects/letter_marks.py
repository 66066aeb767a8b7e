"""The quiet mark of an item without a logo: one or two letters and one of eight tones."""

import hashlib
import re
import unicodedata

TONES = 8

_BRACKETS = re.compile(r"\([^)]*\)|（[^）]*）")
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"the", "a", "an"})
# Words that connect names say nothing about them: "Bank of Montreal" is BM.
_CONNECTING = frozenset({"of", "and", "for", "by", "on", "in", "to", "with", "de", "der", "la"})
_OWN_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003134f]")


def letter_mark(name: str) -> tuple[str, int]:
    """Give the letters (one or two) and the tone (0-7) of ``name``; the same for the same name, on every machine.

    Chinese, Japanese and Korean names give one character; several words the initials of the first two; one word its
    first letter and its next capital ("OpenFaaS": OF), else its first two letters. What stands in brackets does
    not count, nor do articles, unless nothing else is left. A name without letters gives "?".
    """
    plain = unicodedata.normalize("NFKC", name)
    bare = _BRACKETS.sub(" ", plain)
    text = bare if _WORD.search(bare) else plain
    return _letters(text), _tone(" ".join(text.casefold().split()))


def _letters(text: str) -> str:
    words = [str(word) for word in _WORD.findall(text)]
    telling = [word for word in words if word.casefold() not in _ARTICLES] or words
    telling[1:] = [word for word in telling[1:] if word.casefold() not in _CONNECTING]
    if not telling:
        return "?"
    first = telling[0]
    if _OWN_SCRIPT.match(first):
        return first[0]
    if len(telling) > 1 and not _OWN_SCRIPT.match(telling[1]):
        return _upper(first[0]) + _upper(telling[1][0])
    capitals = [letter for letter in first[1:] if letter.isupper()]
    second = capitals[0] if capitals and not first.isupper() else first[1:2]
    return _upper(first[0]) + (_upper(second) if capitals else second)


def _upper(letter: str) -> str:
    """Give the capital, unless it takes more than one letter (German sharp s)."""
    return letter.upper() if len(letter.upper()) == 1 else letter


def _tone(text: str) -> int:
    return hashlib.sha256(text.encode()).digest()[0] % TONES
