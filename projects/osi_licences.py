"""Which licences the Open Source Initiative has approved, of those that landscapes name; SPDX identifiers.

Source: https://opensource.org/licenses and https://spdx.org/licenses/ (column "OSI approved").
"""

_APPROVED = frozenset(
    name.casefold()
    for name in (
        "0BSD", "AFL-3.0", "AGPL-3.0", "Apache-2.0", "Artistic-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0",
        "CDDL-1.0", "EPL-1.0", "EPL-2.0", "EUPL-1.2", "GPL-2.0", "GPL-3.0", "ISC", "LGPL-2.1", "LGPL-3.0", "MIT",
        "MIT-0", "MPL-2.0", "MS-PL", "MulanPSL-2.0", "NCSA", "OSL-3.0", "PostgreSQL", "Python-2.0", "UPL-1.0",
        "Unlicense", "Zlib",
    )
)  # fmt: skip
# Published source, but no open-source licence.
_REFUSED = frozenset(name.casefold() for name in ("BUSL-1.1", "SSPL-1.0", "Elastic-2.0"))


def is_osi_approved(spdx: str) -> bool | None:
    """Tell whether a licence is approved; None for one that this list does not know."""
    name = spdx.casefold().removesuffix("-only").removesuffix("-or-later")
    if name in _APPROVED:
        return True
    return False if name in _REFUSED else None
