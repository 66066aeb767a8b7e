"""Addresses that the landscape's files name, as links a page may carry."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# A file is anybody's text: other schemes (javascript:) never become links.
SCHEMES = ("http", "https", "mailto")

LABELS = {
    "homepage_url": gettext_noop("Homepage"),
    "documentation_url": gettext_noop("Documentation"),
    "blog_url": gettext_noop("Blog"),
    "mailing_list_url": gettext_noop("Mailing list"),
    "github_discussions_url": gettext_noop("Discussions"),
    "stack_overflow_url": "Stack Overflow",
    "slack_url": "Slack",
    "discord_url": "Discord",
    "gitter_url": "Gitter",
    "chat_channel": gettext_noop("Chat"),
    "youtube_url": "YouTube",
    "twitter": "X",
    "bluesky_url": "Bluesky",
    "linkedin_url": "LinkedIn",
    "facebook_url": "Facebook",
    "reddit_url": "Reddit",
    "docker_url": "Docker Hub",
    "package_manager_url": gettext_noop("Package"),
    "artwork_url": gettext_noop("Artwork"),
    "dev_stats_url": "DevStats",
    "url_for_bestpractices": "OpenSSF Best Practices",
    "clomonitor_name": "CLOMonitor",
    "annual_review_url": gettext_noop("Annual review"),
    "training_certifications": gettext_noop("Training and certification"),
}


@dataclass(frozen=True, slots=True)
class NamedLink:
    """An address and what to call it."""

    label: str
    url: str


def safe_url(url: str) -> str:
    """Return an address that may stand in a link; "" for what is none."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in SCHEMES else ""


def named_links(links: Mapping[str, object]) -> list[NamedLink]:
    """Return the addresses of an item's further links; keys that we do not know are named as the file names them."""
    found = [(key, safe_url(url)) for key, url in links.items() if isinstance(url, str)]
    places = {key: place for place, key in enumerate(LABELS)}
    found.sort(key=lambda pair: (places.get(pair[0], len(places)), pair[0]))
    return [NamedLink(_label(key), url) for key, url in found if url]


def _label(key: str) -> str:
    if key in LABELS:
        return _(LABELS[key])
    return key.removesuffix("_url").replace("_", " ").capitalize()
