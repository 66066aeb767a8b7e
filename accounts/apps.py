"""The app's registration, and the group of those who curate."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

ANALYSTS = "Analysts"
# What analysts may add and change in the admin; they delete nothing.
CURATED_MODELS = {
    "projects": ["item", "organization", "itemorganization", "category", "subcategory", "source", "itemalias"],
    "accounts": ["figurereport"],
    "market": [
        *["framework", "layer", "layerassignment"],
        *["survey", "surveywave", "surveyfigure"],
        *["fundinground", "investment", "acquisition", "listing", "valuation", "reportedfigure", "citation"],
    ],
    "knowledge": [
        *["concept", "conceptalias", "conceptitem", "conceptrelation"],
        *["comparison", "comparisoncolumn", "comparisonrow", "question"],
        *["timelineevent", "forecast", "insight", "statement"],
    ],
}


class AccountsConfig(AppConfig):
    """The package as Django knows it."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        post_migrate.connect(grant_analysts, dispatch_uid="accounts.grant_analysts")


def grant_analysts(sender: AppConfig, *, using: str, **_kwargs: Any) -> None:
    """Give the group "Analysts" its permissions on the models of the package just migrated."""
    from django.contrib.auth.models import Group, Permission  # noqa: PLC0415  (models load after apps)

    models = CURATED_MODELS.get(sender.label)
    if models is None:
        return
    permissions = Permission.objects.using(using).filter(
        content_type__app_label=sender.label,
        codename__in=[f"{action}_{model}" for action in ("add", "change", "view") for model in models],
    )
    group, _created = Group.objects.using(using).get_or_create(name=ANALYSTS)
    group.permissions.add(*permissions)
