"""A change as a sentence, for places that know no markup."""

from django.utils.translation import gettext as _

from projects.maturity_steps import MATURITY_KINDS
from projects.models import Change, ChangeKind
from web.templatetags.localized import maturity_label


def change_sentence(change: Change) -> str:
    """Return "Rook promoted: sandbox → incubating" in the active language."""
    words = {"item": change.item.name, "kind": change.get_kind_display(), "detail": change_detail(change)}
    if not words["detail"]:
        return _("%(item)s: %(kind)s") % words
    return _("%(item)s: %(kind)s (%(detail)s)") % words


def change_detail(change: Change) -> str:
    """Return what was before and after, "" if neither is known."""
    before, after = change.before, change.after
    if change.kind in MATURITY_KINDS:
        before, after = maturity_label(before), maturity_label(after)
    if change.kind in {ChangeKind.LISTED, ChangeKind.RELISTED}:
        return after
    if change.kind == ChangeKind.DELISTED:
        return before
    return " → ".join(text for text in (before, after) if text)
