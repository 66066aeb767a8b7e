"""The feed of changes for news readers."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.change_sentences import change_sentence
from projects.changes_feed import matching_changes
from projects.models import Change
from projects.place_names import in_places, translated_places
from web.caching import catalogue_page
from web.downloads import readable, readable_only
from web.forms.changes import ChangeFilterForm
from web.pages import HtmxRequest
from web.templatetags.site import language_tag

ENTRIES = 100
# An identifier of an entry says who minted it, and since when (RFC 4151); the history begins on this day.
TAG_SINCE = "2018-03-01"


@require_safe
@catalogue_page
@readable_only
def changes_feed(request: HtmxRequest) -> HttpResponse:
    """Answer the newest changes as Atom, with the filters of the page."""
    form = readable(ChangeFilterForm(request.GET))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    feed = Atom1Feed(
        title=_("Changes in the landscape"),
        description=_("What entered, left, moved, was renamed or promoted."),
        link=f"{settings.SITE_URL}{reverse('changes')}{query}",
        feed_url=f"{settings.SITE_URL}{request.get_full_path()}",
        feed_guid=f"{settings.SITE_URL}{request.get_full_path()}",
        author_name="Strata",
        language=language_tag(get_language()),
    )
    places = translated_places(get_language())
    for change in matching_changes(form.filters()).for_feed()[:ENTRIES]:
        feed.add_item(
            title=change_sentence(change, places),
            link=f"{settings.SITE_URL}{change.item.get_absolute_url()}",
            description=f"{in_places(change.category.name, places)}, {change.at:%Y-%m-%d}",
            unique_id=entry_id(change),
            pubdate=change.at,
            updateddate=change.at,
            categories=[change.kind],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def entry_id(change: Change) -> str:
    """Return an identifier that a new import of the same history gives again."""
    host = settings.SITE_URL.split("://")[-1].split("/")[0].split(":")[0]
    return f"tag:{host},{TAG_SINCE}:changes/{change.version.commit}/{change.item.slug}/{change.kind}"
