"""A figure as papers and reports cite it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import date

BIBTEX_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "$": r"\$",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
SHORT_COMMIT = 12


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation names. ``data_day`` is the UTC day of the data, None before the first version."""

    figure: str
    url: str
    data_day: date | None
    commit: str
    source: str
    licence: str
    accessed_on: date

    def text(self) -> str:
        """Return one sentence for a footnote."""
        parts = {
            "figure": self.figure,
            "day": self.data_day.isoformat() if self.data_day else _("unknown"),
            "source": self._source_with_commit(),
            "licence": self.licence,
            "url": self.url,
            "accessed": self.accessed_on.isoformat(),
        }
        return (
            _("Strata, %(figure)s. Data as of %(day)s: %(source)s, %(licence)s. %(url)s (accessed %(accessed)s).")
            % parts
        )

    def bibtex(self) -> str:
        """Return a BibTeX entry; the address stands in ``url``, which needs no escaping."""
        day = self.data_day or self.accessed_on
        key = re.sub(r"[^a-z0-9]+", "-", self.figure.lower()).strip("-")[:40].strip("-")
        fields = {
            "title": f"{{{self.figure.translate(BIBTEX_SPECIAL)}}}",
            "author": "{Strata}",
            "year": str(day.year),
            "note": f"Data as of {day.isoformat()}: {self._source_with_commit()}, {self.licence}".translate(
                BIBTEX_SPECIAL
            ),
            "url": re.sub(r"[{}\\]", "", self.url),
            "urldate": self.accessed_on.isoformat(),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{strata-{key or 'figure'}-{day.isoformat()},\n{lines}}}"

    def _source_with_commit(self) -> str:
        commit = _("commit %(commit)s") % {"commit": self.commit[:SHORT_COMMIT]}
        return f"{self.source}, {commit}" if self.commit else self.source
