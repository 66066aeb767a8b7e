"""What people watch: their own list, its feed, its e-mails."""

import logging
import re
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.utils import timezone
from model_bakery import baker

from accounts.models import User, Watch, WatchDelivery
from accounts.watch_digests import due_deliveries, send_digest
from accounts.watchlist import Seen, mark_seen, owner_of_feed, watch
from landscape.log_secrets import HideFeedTokens
from metrics.models import Indicator, RepositoryEvent
from projects.models import ItemOrganization, ItemRepository, Organization, Repository
from tests.web.catalogue import change, instant, item, version

pytestmark = pytest.mark.django_db

THEN = instant(2026, 1, 1)
SITE = "https://strata.example.org"


@pytest.fixture
def anna(client):
    user = baker.make(User, username="anna", email="anna@example.org", is_active=True)
    client.force_login(user)
    return user


def watched(user, thing, *, at=THEN):
    version(at)
    assert watch(user, thing, now=at)
    return Watch.objects.get(user=user)


def many_events(of, maker):
    """Change, repository, figure, round: one of each."""
    change(of, "promoted", instant(2026, 2, 1), before="sandbox", after="incubating")
    repository = baker.make(Repository, host="github.com", full_name=f"org/{of.slug}")
    ItemRepository.objects.create(item=of, repository=repository, is_primary=True)
    baker.make(
        RepositoryEvent, repository=repository, kind="relicensed", at=instant(2026, 2, 2), before="MIT", after="BUSL"
    )
    values = {"item": of, "metric": "growth_percentile", "window_days": 90, "version": "percentile/1"}
    Indicator.objects.create(day=date(2026, 2, 3), value=50.0, **values)
    Indicator.objects.create(day=date(2026, 2, 4), value=97.0, **values)
    Indicator.objects.create(day=date(2026, 2, 5), value=98.0, **values)
    ItemOrganization.objects.create(item=of, organization=maker, role="vendor")
    funding = baker.make(
        "market.FundingRound", organization=maker, slug=f"{maker.slug}-a", announced_on=date(2026, 2, 6), series="a",
        date_precision="day", amount=1000000, currency="USD", amount_usd=1000000,
    )  # fmt: skip
    baker.make("market.Citation", funding_round=funding, page="1", retrieved_on=date(2026, 2, 7))


def organization(name="Acme", **values):
    return baker.make(Organization, name=name, slug=name.lower(), **values)


def text(client, address="/watchlist/"):
    return client.get(address).content.decode()


def test_anonymous_readers_are_asked_to_log_in(client):
    for address in ("/watchlist/", "/watchlist/add/?item=rook"):
        response = client.get(address)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/accounts/log-in/")


def test_pages_of_items_and_organizations_link_to_watch_and_stay_shared(client):
    item("Rook")
    organization()

    for address, query in (("/items/rook/", "item=rook"), ("/organizations/acme/", "organization=acme")):
        response = client.get(address)
        assert f'href="/watchlist/add/?{query}"' in response.content.decode()
        assert response["Cache-Control"] == "no-cache"


def test_a_thing_is_watched_by_post_alone(client, anna):
    item("Rook")

    assert "Watch Rook?" in text(client, "/watchlist/add/?item=rook")
    assert not Watch.objects.exists()
    client.post("/watchlist/add/", {"item": "rook"})
    again = client.post("/watchlist/add/", {"item": "rook"}, follow=True)

    assert "You watch Rook already." in again.content.decode()
    assert Watch.objects.get().user == anna


@pytest.mark.parametrize(("kind", "address"), [("item", "/items/rook/"), ("organization", "/organizations/rook/")])
def test_page_of_a_watched_thing_says_so_and_lets_one_stop(client, anna, kind, address):
    item("Rook")
    organization("Rook")
    before = client.get(address)
    client.post("/watchlist/add/", {kind: "rook"})
    watch = Watch.objects.get()

    page = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert page.status_code == 200
    assert "Watched" in page.content.decode()
    assert f'/watchlist/add/?{kind}=rook"' not in page.content.decode()

    stopped = client.post(f"/watchlist/{watch.pk}/remove/", {"from_its_page": "1"}, follow=True)
    assert stopped.redirect_chain == [(address, 302)]
    assert f'/watchlist/add/?{kind}=rook"' in stopped.content.decode()


def test_others_do_not_see_what_one_watches(client, anna):
    watched(baker.make(User, username="bela"), item("Rook"))

    assert "Watched" not in text(client, "/items/rook/")
    client.logout()
    assert "Watched" not in text(client, "/items/rook/")


@pytest.mark.parametrize("query", ["", "item=nothing", "organization=nothing", "item=%00"])
def test_watching_what_is_not_there_is_told(client, anna, query):
    response = client.get(f"/watchlist/add/?{query}")

    assert response.status_code == 404
    assert "There is no such item or organization." in response.content.decode()


def test_watchlist_is_full_some_day(client, anna, monkeypatch):
    monkeypatch.setattr("accounts.watchlist.MOST_WATCHES", 1)
    watched(anna, item("Rook"))
    item("Vitess")

    assert client.post("/watchlist/add/", {"item": "vitess"}).status_code == 422


def test_page_tells_what_happened_since(client, anna):
    rook, acme = item("Rook"), organization()
    watched(anna, rook)
    change(rook, "moved", instant(2025, 12, 1), before="A / B", after="C / D")
    many_events(rook, acme)

    page = text(client)

    assert "Rook: promoted (sandbox → incubating)" in page
    assert "Rook: repository org/rook licence changed (MIT → BUSL)" in page
    assert page.count("is at percentile") == 1
    assert "at percentile 97" in page
    assert "Acme: funding round A, US$1M, announced 6 February 2026" in page
    assert "moved" not in page


def test_watched_organization_stands_for_its_items_but_a_steward_has_no_makers_money(client, anna):
    foundation, maker = organization("Foundation"), organization()
    rook = item("Rook", organization=foundation)
    watched(anna, foundation)
    many_events(rook, maker)

    page = text(client)

    assert "Rook: promoted" in page
    assert "funding round" not in page


def test_version_read_later_is_not_missed(client, anna):
    """The landscape's newest version is older than the moment at which somebody looks."""
    rook = item("Rook")
    watched(anna, rook)
    mark_seen(Watch.objects.all(), Seen(instant(2026, 3, 2), instant(2026, 1, 1)))
    change(rook, "promoted", instant(2026, 3, 1), before="sandbox", after="incubating")

    assert "Rook: promoted" in text(client)


def test_marking_as_seen_takes_what_the_page_showed(client, anna):
    rook = item("Rook")
    own = watched(anna, rook)
    change(rook, "promoted", instant(2026, 2, 1), before="sandbox", after="incubating")
    page = text(client)
    at = re.search(r'name="at" value="([^"]+)"', page).group(1).replace("&#x2B;", "+")
    catalogue_at = re.search(r'name="catalogue_at" value="([^"]+)"', page).group(1).replace("&#x2B;", "+")
    change(rook, "archived", timezone.now() - timedelta(seconds=1), before="incubating", after="archived")

    client.post("/watchlist/seen/", {"at": at, "catalogue_at": catalogue_at, "watch": own.pk})
    page = text(client)

    assert "promoted" not in page
    assert "archived" in page


def test_seen_never_moves_back_nor_into_the_future(client, anna):
    own = watched(anna, item("Rook"))

    client.post("/watchlist/seen/", {"at": "2020-01-01T00:00:00+00:00"})
    own.refresh_from_db()
    assert own.last_seen_at == THEN
    client.post("/watchlist/seen/", {"at": "2999-01-01T00:00:00+00:00"})
    own.refresh_from_db()
    assert THEN < own.last_seen_at <= timezone.now()
    assert client.post("/watchlist/seen/", {"at": "x", "watch": "9" * 40}).status_code == 302


def test_nobody_sees_or_changes_anothers_list(client, anna):
    other = baker.make(User, username="other", email="other@example.org")
    foreign = watched(other, item("Rook"))

    assert "Rook" not in text(client)
    assert client.post(f"/watchlist/{foreign.pk}/remove/").status_code == 404
    client.post("/watchlist/seen/", {"at": timezone.now().isoformat(), "watch": foreign.pk})
    foreign.refresh_from_db()
    assert foreign.last_seen_at == THEN


def test_thing_is_removed(client, anna):
    own = watched(anna, item("Rook"))

    response = client.post(f"/watchlist/{own.pk}/remove/", follow=True)

    assert "You no longer watch Rook." in response.content.decode()
    assert not Watch.objects.exists()


@pytest.mark.parametrize(("count", "queries"), [(0, 6), (1, 14), (3, 14)])
def test_page_costs_the_same_however_much_happened(client, anna, count, queries, django_assert_num_queries):
    version(THEN)
    things = [item(f"Rook {number}") for number in range(count)]
    for thing in things:
        watch(anna, thing, now=THEN)
    for number, thing in enumerate(things):
        many_events(thing, organization(f"Acme{number}"))
    text(client)

    with django_assert_num_queries(queries):
        page = text(client)

    assert page.count("promoted (") == count


def test_page_is_read_in_chinese(client, anna):
    rook = item("Rook")
    watched(anna, rook)
    many_events(rook, organization())

    page = text(client, "/zh-hans/watchlist/")

    assert "全部标为已读" in page
    assert "Rook：90 天星标增长位于本子类别第 97 百分位" in page


def issued(client):
    response = client.post("/watchlist/feed/")
    assert response.status_code == 201
    assert "no-store" in response["Cache-Control"]
    return re.search(r"/watchlist/([^/]+)/feed\.atom", response.content.decode()).group(1)


def test_feed_is_read_by_who_knows_its_address(client, anna):
    rook = item("Rook")
    watched(anna, rook)
    change(rook, "promoted", timezone.now() - timedelta(days=2), before="sandbox", after="incubating")
    token = issued(client)
    client.logout()

    response = client.get(f"/watchlist/{token}/feed.atom")

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert "Rook: promoted (sandbox → incubating)" in response.content.decode()
    assert token not in response.content.decode()
    assert not WatchDelivery.objects.filter(feed_digest__contains=token).exists()


def test_feeds_address_is_replaced_and_revoked(client, anna):
    first, second = issued(client), issued(client)
    assert client.get(f"/watchlist/{first}/feed.atom").status_code == 404
    assert owner_of_feed(second).user == anna

    client.post("/watchlist/feed/revoke/")

    assert client.get(f"/watchlist/{second}/feed.atom").status_code == 404


def test_feed_tells_of_each_repository_that_a_night_found_archived(client, anna, time_machine):
    time_machine.move_to(NOW, tick=False)
    rook = item("Rook")
    watched(anna, rook)
    for name in ("core", "docs"):
        repository = baker.make(Repository, url=f"https://github.com/rook/{name}", full_name=f"rook/{name}")
        ItemRepository.objects.create(item=rook, repository=repository)
        RepositoryEvent.objects.create(repository=repository, kind="archived", at=NOW - timedelta(hours=2))

    feed = client.get(f"/watchlist/{issued(client)}/feed.atom").content.decode()

    assert len(set(re.findall(r"<id>(tag:[^<]+)</id>", feed))) == 2


def test_feed_of_a_blocked_person_is_gone(client, anna):
    token = issued(client)
    User.objects.update(is_active=False)

    assert client.get(f"/watchlist/{token}/feed.atom").status_code == 404


def test_feeds_token_is_in_no_log(client, caplog):
    caplog.handler.addFilter(HideFeedTokens())
    with caplog.at_level(logging.WARNING):
        client.get("/watchlist/secret-token/feed.atom")

    assert "Not Found: /watchlist/…/feed.atom" in caplog.text
    assert "secret-token" not in caplog.text


NOW = datetime(2026, 3, 10, 6, 10, tzinfo=UTC)


def delivery(user, **values):
    values = {"frequency": "daily", "told_at": NOW - timedelta(days=1), "catalogue_told_at": THEN} | values
    return WatchDelivery.objects.create(user=user, **values)


def test_digest_is_sent_once(anna):
    rook = item("Rook")
    watched(anna, rook)
    change(rook, "promoted", instant(2026, 3, 9), before="sandbox", after="incubating")
    own = delivery(anna)

    assert send_digest(own.pk, now=NOW, site_url=SITE)
    assert not send_digest(own.pk, now=NOW, site_url=SITE)
    assert not send_digest(own.pk, now=NOW + timedelta(days=1), site_url=SITE)

    (message,) = mail.outbox
    assert message.to == ["anna@example.org"]
    assert "Rook: promoted (sandbox → incubating)" in message.body
    assert f"{SITE}/items/rook/" in message.body


def test_digest_speaks_the_readers_language(anna):
    rook = item("Rook")
    watched(anna, rook)
    change(rook, "promoted", instant(2026, 3, 9), before="sandbox", after="incubating")

    assert send_digest(delivery(anna, language="zh-hans").pk, now=NOW, site_url=SITE)

    assert mail.outbox[0].subject == "你关注列表中的动态"
    assert f"{SITE}/zh-hans/watchlist/" in mail.outbox[0].body


def test_nothing_is_sent_where_nothing_happened(anna):
    watched(anna, item("Rook"))

    assert not send_digest(delivery(anna).pk, now=NOW, site_url=SITE)
    assert mail.outbox == []


def test_digest_that_the_server_did_not_take_is_due_again(anna, monkeypatch):
    rook = item("Rook")
    watched(anna, rook)
    change(rook, "promoted", instant(2026, 3, 9), before="sandbox", after="incubating")
    own = delivery(anna)

    def refuse(*_args, **_values):
        raise SMTPException

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        with pytest.raises(SMTPException):
            send_digest(own.pk, now=NOW, site_url=SITE)

    assert send_digest(own.pk, now=NOW, site_url=SITE)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("values", "is_due"),
    [
        ({}, True),
        ({"told_at": NOW.replace(hour=0)}, False),
        ({"frequency": "off"}, False),
        ({"frequency": "weekly"}, False),
        ({"frequency": "weekly", "told_at": NOW - timedelta(days=7)}, True),
    ],
)
def test_due_are_daily_ones_of_before_today_and_weekly_ones_of_a_week_ago(anna, values, is_due):
    delivery(anna, **values)

    assert due_deliveries(NOW).exists() == is_due


def test_choice_of_e_mails_is_kept_with_the_language(client, anna, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "How you are told" in text(client)

    client.post("/zh-hans/watchlist/e-mail/", {"frequency": "weekly"})
    own = WatchDelivery.objects.get()
    assert (own.user, own.frequency, own.language) == (anna, "weekly", "zh-hans")
    client.post("/watchlist/e-mail/", {"frequency": "hourly"})
    own.refresh_from_db()
    assert own.frequency == "weekly"


def test_site_without_mail_server_says_so(client, anna, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

    assert "This site sends no e-mail" in text(client)


def test_who_comes_to_the_feeds_making_by_a_link_is_led_to_the_list(client, anna):
    response = client.get("/zh-hans/watchlist/feed/")
    assert (response.status_code, response["Location"]) == (302, "/zh-hans/watchlist/")
