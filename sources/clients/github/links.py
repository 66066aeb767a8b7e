"""The ``Link`` header's page numbers.

https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
"""

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

ENTRY = re.compile(r'<([^>]*)>\s*;\s*rel="(\w+)"')


def page_numbers(headers: Mapping[str, str]) -> dict[str, int]:
    """Return the page that each relation (``next``, ``last`` ...) names; empty without the header."""
    found = {}
    for address, relation in ENTRY.findall(headers.get("link", "")):
        pages = parse_qs(urlsplit(address).query).get("page", [])
        if pages and pages[0].isdecimal():
            found[relation] = int(pages[0])
    return found
