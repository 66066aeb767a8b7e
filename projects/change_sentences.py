"""A change as a sentence, for places that know no markup."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from projects.localized import localized
from projects.maturity_steps import MATURITY_KINDS
from projects.models import Change, ChangeKind, Maturity
from projects.place_names import in_places_apart


def change_sentence(change: Change, places: Mapping[str, str]) -> str:
    """Return "Rook: promoted (sandbox → incubating)" in the active language; ``places`` translates sections.

    Changes come from ``for_feed``, which knows their organizations' names.
    """
    words = {"item": change.item.name, "kind": change.get_kind_display(), "detail": change_detail(change, places)}
    if not words["detail"]:
        return _("%(item)s: %(kind)s") % words
    return _("%(item)s: %(kind)s (%(detail)s)") % words


def change_detail(change: Change, places: Mapping[str, str]) -> str:
    """Return what was before and after, "" if neither is known."""
    before, after = in_places_apart(change.before, change.after, places)
    if change.kind in MATURITY_KINDS:
        before, after = _maturity(before), _maturity(after)
    if change.kind == ChangeKind.ORGANIZATION:
        before, after = _organization(change, "before") or before, _organization(change, "after") or after
    if change.kind in {ChangeKind.LISTED, ChangeKind.RELISTED}:
        return after
    if change.kind == ChangeKind.DELISTED:
        return before
    return " → ".join(text for text in (before, after) if text)


def _maturity(maturity: str) -> str:
    return str(Maturity(maturity).label) if maturity in Maturity.values else maturity


def _organization(change: Change, side: str) -> str:
    return localized(change, f"{side}_name", language=get_language())
