"""Addresses of a person's watchlist."""

from django.urls import URLPattern, path

from web.views import watchlist, watchlist_feed

urlpatterns: list[URLPattern] = [
    path("", watchlist.watchlist, name="watchlist"),
    path("add/", watchlist.watchlist_add, name="watchlist_add"),
    path("seen/", watchlist.watchlist_seen, name="watchlist_seen"),
    path("<int:pk>/remove/", watchlist.watchlist_remove, name="watchlist_remove"),
    path("e-mail/", watchlist.watchlist_digest, name="watchlist_digest"),
    path("feed/", watchlist_feed.watchlist_feed_issue, name="watchlist_feed_issue"),
    path("feed/revoke/", watchlist_feed.watchlist_feed_revoke, name="watchlist_feed_revoke"),
    path("<str:token>/feed.atom", watchlist_feed.watchlist_feed, name="watchlist_feed"),
]
