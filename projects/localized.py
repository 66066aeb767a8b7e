"""Catalogue text in the reader's language, with English where no translation is written."""

CHINESE = "zh"


def is_chinese(language: str | None) -> bool:
    """Tell whether a language code ("zh-hans", "zh") reads the ``_zh`` columns."""
    return (language or "").lower().startswith(CHINESE)


def in_language(english: str, chinese: str, *, language: str | None) -> str:
    """Return the Chinese text for Chinese readers if there is one, else the English text."""
    return chinese if chinese and is_chinese(language) else english


def localized(row: object, field: str, *, language: str | None) -> str:
    """Return ``row.<field>_zh`` or ``row.<field>``, whichever the reader gets; "" where neither is written."""
    return in_language(getattr(row, field, "") or "", getattr(row, f"{field}_zh", "") or "", language=language)
