"""Screens that people keep under names."""

import pytest
from django.test import Client
from model_bakery import baker

from accounts.models import SavedScreen, User
from tests.market.screens import NOW
from tests.web.catalogue import landscape, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape():
    landscape()
    version()


@pytest.fixture
def anna(client):
    user = baker.make(User, username="anna", is_active=True)
    client.force_login(user)
    return user


def kept(user, name="Young", **values):
    return SavedScreen.objects.create(user=user, name=name, created_at=NOW, **({"query": "stars_min=5"} | values))


def test_a_screen_is_saved_under_a_name_without_its_page(client, anna):
    form = client.get("/screener/saved/?save=stars_min%3D5%26page%3D3").context["form"]
    assert form.initial["query"] == "stars_min=5"
    response = client.post("/screener/saved/add/", {"name": "Young", "query": "?stars_min=5&page=3"}, follow=True)
    assert "The screen Young is saved." in response.content.decode()
    screen = anna.saved_screens.get()
    assert (screen.query, screen.is_shared, len(screen.key)) == ("stars_min=5", False, 22)
    assert client.get(f"/screens/{screen.key}/").url == "/screener/?stars_min=5"


def test_names_are_ones_own_and_once(client, anna):
    kept(anna)
    kept(baker.make(User, username="ben", email="ben@example.org"), "Other")
    response = client.post("/screener/saved/add/", {"name": "Young", "query": ""})
    assert response.status_code == 422
    assert response.context["form"].errors["name"] == ["You have a screen of that name already."]
    assert client.post("/screener/saved/add/", {"name": "Other", "query": ""}).status_code == 302


def test_a_screen_is_renamed_shared_and_deleted(client, anna):
    screen = kept(anna)
    kept(anna, "Taken")
    client.post(f"/screener/saved/{screen.pk}/", {"name": "Old", "is_shared": "on"})
    screen.refresh_from_db()
    assert (screen.name, screen.is_shared, screen.query) == ("Old", True, "stars_min=5")
    response = client.post(f"/screener/saved/{screen.pk}/", {"name": "Taken"}, follow=True)
    assert "You have a screen of that name already." in response.content.decode()
    client.post(f"/screener/saved/{screen.pk}/delete/")
    assert [one.name for one in anna.saved_screens.all()] == ["Taken"]


def test_only_shared_screens_are_for_others(client, anna):
    ben = baker.make(User, username="ben", email="ben@example.org")
    own, shared, hidden = kept(anna), kept(ben, "Shared", is_shared=True), kept(ben, "Hidden")
    assert client.get(f"/screens/{own.key}/").status_code == 302
    assert client.get(f"/screens/{shared.key}/").url == "/screener/?stars_min=5"
    assert client.get(f"/screens/{hidden.key}/").status_code == 404
    assert Client().get(f"/screens/{own.key}/").status_code == 404
    assert Client().get(f"/screens/{shared.key}/").status_code == 302
    assert Client().get("/screens/nothing/").status_code == 404


def test_other_peoples_screens_cannot_be_changed(client, anna):
    other = kept(baker.make(User, username="ben", email="ben@example.org"))
    assert client.post(f"/screener/saved/{other.pk}/", {"name": "Mine"}).status_code == 404
    assert client.post(f"/screener/saved/{other.pk}/delete/").status_code == 404
    assert SavedScreen.objects.get().name == "Young"


@pytest.mark.parametrize("path", ["saved/", "saved/add/", "saved/1/", "saved/1/delete/"])
def test_without_an_account_one_is_led_to_log_in(client, path):
    ask = client.get if path == "saved/" else client.post
    assert ask(f"/screener/{path}").url.startswith("/accounts/log-in/")


def test_changing_needs_a_post_with_its_token(anna):
    screen = kept(anna)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna)
    assert strict.post(f"/screener/saved/{screen.pk}/delete/").status_code == 403
    assert strict.get(f"/screener/saved/{screen.pk}/delete/").status_code == 405


def test_a_hundred_screens_are_enough(client, anna):
    for number in range(100):
        kept(anna, f"Screen {number}")
    response = client.post("/screener/saved/add/", {"name": "One more", "query": ""})
    assert response.context["form"].errors["name"] == ["You have 100 screens. Delete one first."]


@pytest.mark.parametrize("screens", [1, 3])
def test_list_asks_as_often_for_three_screens(client, anna, screens, django_assert_num_queries):
    for number in range(screens):
        kept(anna, f"Screen {number}", is_shared=True)
    with django_assert_num_queries(4):
        page = client.get("/screener/saved/").content.decode()
    assert page.count("http://testserver/screens/") == screens


def test_list_speaks_chinese(client, anna):
    assert "<h1>已存筛选</h1>" in client.get("/zh-hans/screener/saved/").content.decode()
