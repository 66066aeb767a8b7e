"""Organizations behind the landscape."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from metrics.employer_items import seats_of_employer
from projects.models import Change, Item, Organization
from projects.place_names import translated_places
from web.caching import catalogue_page
from web.forms.organizations import OrganizationFilterForm
from web.missing import missing_page
from web.organization_money import money_sections
from web.own_watches import own_watch_of_organization
from web.pages import HtmxRequest, render_page
from web.paging import requested_page

if TYPE_CHECKING:
    from django.http import HttpResponse

PAGE_SIZE = 100
NEWEST_CHANGES = 20


@require_safe
@catalogue_page
def organizations(request: HtmxRequest) -> HttpResponse:
    """List organizations with the number of cards that name them."""
    form = OrganizationFilterForm(request.GET)
    form.is_valid()
    context = {
        "form": form,
        "is_filtered": form.is_filtered,
        "page": requested_page(request, Paginator(form.organizations(), PAGE_SIZE)),
    }
    return render_page(request, "organizations/list.html", context, fragment="organization-results")


@require_safe
@partial(catalogue_page, own=own_watch_of_organization)
def organization_detail(request: HtmxRequest, slug: str) -> HttpResponse:
    """Show an organization: its membership, its cards with its part in them, and what changed about them."""
    organization = Organization.objects.for_detail().filter(slug=slug).first()
    if organization is None:
        return missing_page(request, slug)
    items = Item.objects.of_organization(organization).ever_listed()
    page = requested_page(request, Paginator(items.other_than_members().for_organization(organization), PAGE_SIZE))
    context = {
        "organization": organization,
        "watch": own_watch_of_organization(request, slug),
        "memberships": items.members().with_taxonomy().hosted_first(),
        "page": page,
        "changes": Change.objects.of_organization(organization).for_feed()[:NEWEST_CHANGES],
        "subsidiaries": organization.subsidiaries.by_name(),
        "places": translated_places(get_language()),
        "sections": money_sections(organization, today=timezone.now().date()),
        "seats": seats_of_employer(organization.name),
    }
    return render_page(request, "organizations/detail.html", context, fragment="organization-results")
