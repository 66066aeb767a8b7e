"""How many elements an SVG draws once its references are followed."""

import re
from collections import Counter, defaultdict

from sources.logos.errors import UnsafeLogoError

MAX_DRAWN_ELEMENTS = 500_000
MAX_CHAIN = 50

_REFERENCE = re.compile(r"^#([\w-]+)$|url\(#([\w-]+)\)")


class Expansion:
    """Counts a document's elements by the nearest element with an id, and what refers to it.

    Ten groups that each use the one before ten times are a file of 2 kB and ten thousand million shapes.
    """

    def __init__(self) -> None:
        self._owners = [""]
        self._sizes: Counter[str] = Counter()
        self._parts: defaultdict[str, list[str]] = defaultdict(list)

    def open(self, attributes: dict[str, str]) -> None:
        """Note an element that starts, with its attributes."""
        parent = self._owners[-1]
        owner = attributes.get("id", parent)
        if owner != parent:
            self._parts[parent].append(owner)
        self._owners.append(owner)
        self._sizes[owner] += 1
        for name, value in attributes.items():
            if "#" in value and not value.startswith("data:") and name != "id":
                self._parts[owner] += [plain or called for plain, called in _REFERENCE.findall(value)]

    def close(self) -> None:
        """Note the end of the element that started last."""
        self._owners.pop()

    def check(self) -> None:
        """Raise `UnsafeLogoError` if the references multiply the elements beyond the bound."""
        if self._drawn("", {}, 0) > MAX_DRAWN_ELEMENTS:
            raise UnsafeLogoError(f"The file's references multiply into more than {MAX_DRAWN_ELEMENTS:,} elements.")

    def _drawn(self, owner: str, known: dict[str, int], chain: int) -> int:
        if chain > MAX_CHAIN * 2:
            raise UnsafeLogoError(f"The file's references form a chain of more than {MAX_CHAIN}.")
        if owner not in known:
            known[owner] = 0  # what refers to itself is drawn no further
            parts = sum(self._drawn(part, known, chain + 1) for part in self._parts[owner])
            known[owner] = self._sizes[owner] + parts
        return known[owner]
