"""What administrators and analysts see of people and their reports."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.apps import ANALYSTS
from accounts.log_in import GuardedAdminLogInForm
from accounts.models import ApiToken, FigureReport, User

admin.site.site_header = "Strata"
admin.site.site_title = "Strata"
admin.site.index_title = _("What people curate")
admin.site.login_form = GuardedAdminLogInForm


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    """People, and who of them curates."""

    list_display = ["username", "email", "is_staff", "is_superuser", "is_active", "last_login"]
    # The e-mail address is unique, so each account needs one from the start.
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["username", "email", "password1", "password2"]})]
    actions = ["make_analysts", "make_readers"]
    ordering = ["username", "pk"]

    @admin.action(description=_("Make analysts: let them curate here"), permissions=["change"])
    def make_analysts(self, request: HttpRequest, people: QuerySet[User]) -> None:
        analysts, _created = Group.objects.get_or_create(name=ANALYSTS)
        for person in people:
            person.groups.add(analysts)
        count = people.update(is_staff=True)
        message = ngettext("%(count)d person is an analyst now.", "%(count)d people are analysts now.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Make readers: they curate no longer"), permissions=["change"])
    def make_readers(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Take the analysts' rights away; administrators stay what they are."""
        ordinary = people.filter(is_superuser=False)
        for person in ordinary:
            person.groups.remove(*Group.objects.filter(name=ANALYSTS))
        count = ordinary.update(is_staff=False)
        message = ngettext("%(count)d person is a reader now.", "%(count)d people are readers now.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin[ApiToken]):
    """Tokens can be looked at and revoked; only their owners issue them."""

    list_display = ["name", "user", "hint", "created_at", "last_used_on"]
    list_select_related = ["user"]
    readonly_fields = ["user", "name", "hint", "created_at", "last_used_on"]
    search_fields = ["name", "user__username"]
    ordering = ["-created_at", "-pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(FigureReport)
class FigureReportAdmin(admin.ModelAdmin[FigureReport]):
    """Readers' words on figures, newest first."""

    list_display = ["figure", "page", "status", "created_at"]
    list_filter = ["status"]
    search_fields = ["figure", "page", "message"]
    readonly_fields = ["page", "figure", "message", "email", "user", "created_at"]
    ordering = ["-created_at", "-pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
