"""What administrators and analysts see of people and their reports."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from accounts.models import ApiToken, FigureReport, User

admin.site.register(User, UserAdmin)


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin[ApiToken]):
    """Tokens can be looked at and revoked; only their owners issue them."""

    list_display = ["name", "user", "hint", "created_at", "last_used_on"]
    list_select_related = ["user"]
    readonly_fields = ["user", "name", "hint", "created_at", "last_used_on"]
    search_fields = ["name", "user__username"]

    def has_add_permission(self, request: object) -> bool:
        return False


@admin.register(FigureReport)
class FigureReportAdmin(admin.ModelAdmin[FigureReport]):
    """Readers' words on figures, newest first."""

    list_display = ["figure", "page", "status", "created_at"]
    list_filter = ["status"]
    readonly_fields = ["page", "figure", "message", "email", "user", "created_at"]
    ordering = ["-created_at", "-pk"]

    def has_add_permission(self, request: object) -> bool:
        return False
