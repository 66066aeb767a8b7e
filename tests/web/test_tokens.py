"""API tokens of one's own."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import RequestFactory
from model_bakery import baker
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiToken, User
from api.authentication import TokenAuthentication

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client):
    user = baker.make(User, username="anna", is_active=True)
    client.force_login(user)
    return user


def owner_of(plain):
    request = Request(RequestFactory().get("/", headers={"Authorization": f"Bearer {plain}"}))
    user, _token = TokenAuthentication().authenticate(request)
    return user


def issue(client, name="notebook"):
    return client.post("/accounts/tokens/", {"name": name})


def plain_of(response):
    return re.search(r"<strong>(strata_\S+)</strong>", response.content.decode()).group(1)


def test_token_is_shown_once_and_works(client, anna):
    response = issue(client)
    plain = plain_of(response)

    assert response.status_code == 201
    assert "no-store" in response["Cache-Control"]
    assert plain not in client.get("/accounts/").content.decode()
    assert plain not in str([session.get_decoded() for session in Session.objects.all()])
    client.logout()
    assert owner_of(plain) == anna


def test_token_form_sent_again_issues_no_second(client, anna):
    issue(client)

    again = issue(client)

    assert again.status_code == 422
    assert "You have a token of that name already." in again.content.decode()
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "a\x00b"])
def test_token_needs_a_name(client, anna, name):
    assert issue(client, name).status_code == 422
    assert not ApiToken.objects.exists()


def test_tokens_are_bounded(client, anna):
    for number in range(20):
        ApiToken.issue(anna, name=str(number))

    assert "Revoke one first" in issue(client).content.decode()
    assert ApiToken.objects.count() == 20


def test_revoked_token_works_no_longer(client, anna):
    token, plain = ApiToken.issue(anna, name="notebook")

    client.post(f"/accounts/tokens/{token.pk}/revoke/")

    assert not ApiToken.objects.exists()
    with pytest.raises(AuthenticationFailed):
        owner_of(plain)


def test_token_of_somebody_else_is_not_there(client, anna):
    token, _plain = ApiToken.issue(baker.make(User, email="ben@example.org"), name="notebook")

    assert client.post(f"/accounts/tokens/{token.pk}/revoke/").status_code == 404
    assert ApiToken.objects.exists()


@pytest.mark.parametrize("path", ["/accounts/tokens/", "/accounts/tokens/1/revoke/"])
def test_tokens_need_a_person_and_a_post(client, path):
    assert client.get(path).status_code == 405
    assert client.post(path)["Location"].startswith("/accounts/log-in/")
