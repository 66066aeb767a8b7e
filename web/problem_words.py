"""What kept a repository from being measured, in words."""

from django.utils.translation import gettext as _


def problem_label(problem: str) -> str:
    """Name a problem; one that is not known here by its own word."""
    labels = {
        "not_found": _("not found"),
        "forbidden_saml": _("needs single sign-on"),
        "forbidden_policy": _("refused by the owner's token policy"),
        "forbidden": _("refused"),
        "blocked_dmca": _("blocked after a DMCA notice"),
        "blocked_tos": _("blocked by GitHub's terms"),
        "empty": _("empty repository"),
        "too_large": _("too large to count"),
        "query_refused": _("the query was refused"),
        "rate_limited": _("limit reached"),
        "timeout": _("no answer in time"),
        "resource_limits": _("too costly for one query"),
        "server_error": _("GitHub's error"),
        "unreachable": _("GitHub could not be reached"),
        "malformed": _("answer that cannot be read"),
        "not_asked": _("not asked any more"),
        "unknown": _("unknown"),
    }
    return labels.get(problem, problem)


def run_count_label(name: str) -> str:
    """Name one of a run's counts."""
    labels = {"repositories": _("repositories"), "measured": _("measured"), "pending": _("waiting")}
    return labels.get(name) or problem_label(name)
