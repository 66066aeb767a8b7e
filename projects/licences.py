"""The licences that landscapes stand under: how each is written, and where it can be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Licence:
    """A known licence; ``name`` is its SPDX identifier."""

    name: str
    title: str
    url: str


_KNOWN = {
    licence.name.casefold(): licence
    for licence in (
        Licence(
            "CC-BY-4.0",
            "Creative Commons Attribution 4.0 International",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        Licence(
            "CC-BY-SA-4.0",
            "Creative Commons Attribution Share Alike 4.0 International",
            "https://creativecommons.org/licenses/by-sa/4.0/",
        ),
        Licence(
            "CC0-1.0",
            "Creative Commons Zero v1.0 Universal",
            "https://creativecommons.org/publicdomain/zero/1.0/",
        ),
        Licence("Apache-2.0", "Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
        Licence("MIT", "MIT License", "https://opensource.org/license/mit"),
    )
}


def known_licence(text: str) -> Licence | None:
    """Return the licence that ``text`` names ("CC BY 4.0", "CC-BY-4.0"); None for one that is not known, or for none."""
    return _KNOWN.get(text.strip().replace(" ", "-").casefold())


def licence_url(text: str) -> str:
    """Return where the licence can be read, which an address says itself; "" where nobody knows."""
    if text.startswith(("https://", "http://")):
        return text
    known = known_licence(text)
    return known.url if known else ""
