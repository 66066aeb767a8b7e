"""What analysts think: criteria, their assessments of items by them, and domestic counterparts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.utils import timezone

from market.models import Assessment, Counterpart, Criterion

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest


@admin.register(Criterion)
class CriterionAdmin(admin.ModelAdmin[Criterion]):
    """The questions by which items are judged."""

    list_display = ["code", "name", "position"]
    search_fields = ["code", "name", "name_zh"]
    ordering = ["position", "pk"]
    autocomplete_fields = ["source"]


@admin.register(Assessment)
class AssessmentAdmin(admin.ModelAdmin[Assessment]):
    """Judgements of items; who saves one is remembered as its editor."""

    list_display = ["item", "criterion", "verdict", "author", "assessed_on"]
    list_filter = ["criterion", "verdict"]
    search_fields = ["item__name", "author", "judgement"]
    ordering = ["-assessed_on", "pk"]
    list_select_related = ["item", "criterion"]
    autocomplete_fields = ["criterion", "item", "source"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        """Suggest the person and the day."""
        given = super().get_changeform_initial_data(request)
        return {"author": request.user.get_username(), "assessed_on": timezone.now().date().isoformat(), **given}

    def save_model(self, request: HttpRequest, obj: Assessment, form: ModelForm[Assessment], change: bool) -> None:  # noqa: FBT001  (Django's signature)
        """Note the editor."""
        obj.editor = request.user  # type: ignore[assignment]  # the admin's users have an account
        super().save_model(request, obj, form, change)


@admin.register(Counterpart)
class CounterpartAdmin(admin.ModelAdmin[Counterpart]):
    """Domestic counterparts of foreign items."""

    list_display = ["item", "counterpart", "source"]
    search_fields = ["item__name", "counterpart__name"]
    ordering = ["item__name", "counterpart__name", "pk"]
    list_select_related = ["item", "counterpart", "source"]
    autocomplete_fields = ["item", "counterpart", "source"]
