"""The admin: who enters, what it does for roles, and that our security policy lets it work."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from model_bakery import baker

from accounts.models import ApiToken, FigureReport, User
from projects.models import Category, ItemAlias, StageReview
from tests.web.catalogue import item

pytestmark = pytest.mark.django_db

MODELS = sorted((model._meta.app_label, model._meta.model_name) for model in admin.site._registry)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"<[^>]+\s(on\w+|style)=", re.IGNORECASE)


@pytest.fixture
def anna(client):
    anna = User.objects.create_user("anna", "anna@example.org", is_staff=True)
    anna.groups.add(Group.objects.get(name="Analysts"))
    client.force_login(anna)
    return anna


def assert_works_under_the_policy(response):
    page = response.content.decode()
    assert response.status_code == 200
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert INLINE_SCRIPT.findall(page) == []
    assert INLINE_HANDLER.findall(page) == []


@pytest.mark.parametrize(("app", "model"), MODELS)
def test_lists_work_under_the_security_policy(admin_client, app, model):
    assert_works_under_the_policy(admin_client.get(f"/admin/{app}/{model}/"))


@pytest.mark.parametrize(
    "path", ["", "projects/item/{item}/change/", "accounts/user/add/", "accounts/figurereport/{report}/change/"]
)
def test_forms_work_under_the_security_policy(admin_client, path):
    harbor = item("Harbor")
    baker.make(ItemAlias, item=harbor, name="Harbour", slug="harbour")
    report = baker.make(FigureReport)

    assert_works_under_the_policy(admin_client.get(f"/admin/{path.format(item=harbor.pk, report=report.pk)}"))


@pytest.mark.parametrize("rows", [1, 3])
def test_item_list_takes_the_same_queries_however_many_rows(admin_client, rows, django_assert_num_queries):
    for number in range(rows):
        item(f"Item {number}")

    with django_assert_num_queries(7):  # session, user, counts 2, rows, maturities, categories
        admin_client.get("/admin/projects/item/")


def test_analysts_curate_summaries_and_nothing_imported(client, anna):
    harbor = item("Harbor")
    inlines = {
        f"{prefix}-{name}": "0"
        for prefix in ("item_organizations", "aliases")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }

    client.post(
        f"/admin/projects/item/{harbor.pk}/change/",
        {"summary": "A registry.", "summary_zh": "镜像仓库。", "name": "Changed", **inlines},
    )

    harbor.refresh_from_db()
    assert (harbor.summary, harbor.summary_zh, harbor.name) == ("A registry.", "镜像仓库。", "Harbor")


def test_analysts_answer_reports(client, anna):
    report = baker.make(FigureReport, figure="Items", email="ben@example.org")

    client.post(
        f"/admin/accounts/figurereport/{report.pk}/change/",
        {"status": "mended", "answer": "You are right.", "figure": "x"},
    )

    report.refresh_from_db()
    assert (report.status, report.answer, report.figure) == ("mended", "You are right.", "Items")


@pytest.mark.parametrize("path", ["accounts/user/", "accounts/apitoken/", "auth/group/", "sources/importrun/"])
def test_analysts_see_no_people_and_no_runs(client, anna, path):
    assert client.get(f"/admin/{path}").status_code == 403


def test_readers_do_not_enter(client):
    client.force_login(User.objects.create_user("ben", "ben@example.org"))

    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def act(admin_client, action, *people):
    form = {"action": action, "_selected_action": [person.pk for person in people]}
    return admin_client.post("/admin/accounts/user/", form, follow=True)


def test_an_action_makes_analysts_and_another_takes_it_back(admin_client):
    ben, carla = (User.objects.create_user(name, f"{name}@example.org") for name in ("ben", "carla"))

    made = act(admin_client, "make_analysts", ben, carla)
    ben.refresh_from_db()
    assert "2 people are analysts now." in made.content.decode()
    assert (ben.is_staff, list(ben.groups.values_list("name", flat=True))) == (True, ["Analysts"])

    act(admin_client, "make_readers", ben)
    ben.refresh_from_db()
    carla.refresh_from_db()
    assert (ben.is_staff, ben.groups.count(), carla.is_staff) == (False, 0, True)


def test_making_readers_leaves_administrators(admin_client, admin_user):
    act(admin_client, "make_readers", admin_user)

    admin_user.refresh_from_db()
    assert admin_user.is_staff


def test_new_people_need_an_email_address_of_their_own(admin_client):
    User.objects.create_user("ben", "ben@example.org")
    form = {
        "username": "carla",
        "password1": "correct horse battery",
        "password2": "correct horse battery",
        "usable_password": "true",
    }

    for email, error in [
        ("", "This field is required."),
        ("BEN@example.org", "A user with that e-mail address already exists."),
    ]:
        assert error in admin_client.post("/admin/accounts/user/add/", {**form, "email": email}).content.decode()
    assert admin_client.post("/admin/accounts/user/add/", {**form, "email": "carla@example.org"}).status_code == 302


def test_nobody_issues_tokens_for_others(admin_client):
    token, _plain = ApiToken.issue(User.objects.create_user("ben", "ben@example.org"), name="notebook")

    assert admin_client.get("/admin/accounts/apitoken/add/").status_code == 403
    page = admin_client.get(f"/admin/accounts/apitoken/{token.pk}/change/").content.decode()
    assert token.digest not in page


def test_curated_models_are_registered():
    assert {Category, StageReview} <= set(admin.site._registry)
