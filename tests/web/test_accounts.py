"""Log-in, sign-up, passwords, one's own account."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from model_bakery import baker

from accounts.models import ApiToken, User
from accounts.sign_up import invitation_for

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
CONSOLE = "django.core.mail.backends.console.EmailBackend"


@pytest.fixture(autouse=True)
def _quick_password_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def anna():
    return User.objects.create_user("anna", "anna@example.org", PASSWORD)


def log_in(client, username="anna", password=PASSWORD, address="192.0.2.1", page="/accounts/log-in/"):
    return client.post(page, {"username": username, "password": password}, REMOTE_ADDR=address)


def test_log_in_leads_to_the_account(client, anna):
    response = log_in(client)

    assert (response.status_code, response["Location"]) == (302, "/accounts/")
    assert "anna@example.org" in client.get("/accounts/").content.decode()


def test_log_in_never_leads_to_another_host(client, anna):
    response = client.post("/accounts/log-in/?next=https://evil.example/", {"username": "anna", "password": PASSWORD})

    assert response["Location"] == "/accounts/"


@pytest.mark.parametrize("page", ["/accounts/log-in/", "/admin/login/"])
def test_log_in_refuses_even_the_right_password_after_five_failures(client, anna, page):
    User.objects.update(is_staff=True)
    for _ in range(5):
        assert "Too many failed attempts" not in log_in(client, password="wrong", page=page).content.decode()

    refused = log_in(client, page=page)

    assert "Too many failed attempts" in refused.content.decode()
    assert "_auth_user_id" not in client.session


def test_log_in_from_elsewhere_is_not_locked(client, anna):
    for _ in range(6):
        log_in(client, password="wrong", address="192.0.2.66")

    assert log_in(client, address="192.0.2.1").status_code == 302


def test_log_in_bounds_one_address_over_many_accounts(client, anna):
    for number in range(100):
        log_in(client, username=f"nobody{number}", password="x", address="192.0.2.66")

    assert "Too many failed attempts" in log_in(client, address="192.0.2.66").content.decode()


def test_log_in_forgets_failures_after_success(client, anna):
    for _ in range(2):
        for _ in range(4):
            log_in(client, password="wrong")
        assert log_in(client).status_code == 302
        client.logout()


def test_log_out_is_by_post_only(client, anna):
    client.force_login(anna)

    assert client.get("/accounts/log-out/").status_code == 405
    assert client.post("/accounts/log-out/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_account_asks_to_log_in(client):
    assert client.get("/accounts/")["Location"] == "/accounts/log-in/?next=/accounts/"
    assert client.get("/zh-hans/accounts/")["Location"] == "/zh-hans/accounts/log-in/?next=/zh-hans/accounts/"


@pytest.mark.parametrize("tokens", [1, 3])
def test_account_takes_the_same_queries_however_many_tokens(client, anna, tokens, django_assert_num_queries):
    client.force_login(anna)
    for number in range(tokens):
        ApiToken.issue(anna, name=f"token {number}")

    with django_assert_num_queries(4):  # session, user, tokens, the footer's landscape
        response = client.get("/accounts/")

    assert response.content.decode().count("strata_") == tokens


def test_sign_up_by_mail_makes_an_account_with_a_proven_address(client):
    response = client.post("/accounts/sign-up/", {"email": "ben@example.org"})
    assert response["Location"] == "/accounts/sign-up/sent/"
    assert not User.objects.exists()

    (message,) = mail.outbox
    assert message.to == ["ben@example.org"]
    url = re.search(r"http://testserver(/accounts/sign-up/\S+)", message.body).group(1)
    response = client.post(url, {"username": "ben", "password1": PASSWORD, "password2": PASSWORD})

    assert response["Location"] == "/accounts/"
    ben = User.objects.get()
    assert (ben.username, ben.email, ben.is_staff, ben.is_superuser) == ("ben", "ben@example.org", False, False)
    assert client.session["_auth_user_id"] == str(ben.pk)


def test_sign_up_answers_the_same_for_a_known_address(client, anna):
    known = client.post("/accounts/sign-up/", {"email": "Anna@Example.org"})
    unknown = client.post("/accounts/sign-up/", {"email": "ben@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert "There is one already" in mail.outbox[0].body
    assert "/accounts/password/reset/" in mail.outbox[0].body


def test_sign_up_link_works_once(client, anna):
    response = client.get(f"/accounts/sign-up/{invitation_for('anna@example.org')}/")

    assert response["Location"] == "/accounts/log-in/"


def test_sign_up_link_that_was_altered_is_gone(client):
    assert client.get("/accounts/sign-up/nonsense/").status_code == 410


def test_sign_up_is_bounded_for_an_address(client):
    for number in range(6):
        response = client.post("/accounts/sign-up/", {"email": f"n{number}@example.org"})

    assert "Too many requests" in response.content.decode()
    assert len(mail.outbox) == 5


def test_sign_up_without_mail_makes_the_account_at_once(client, settings):
    settings.EMAIL_BACKEND = CONSOLE
    form = {"username": "ben", "email": "ben@example.org", "password1": PASSWORD, "password2": PASSWORD}

    response = client.post("/accounts/sign-up/", form)

    assert response["Location"] == "/accounts/"
    assert User.objects.get().email == "ben@example.org"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("username", "ANNA", "A user with that username already exists."),
        ("email", "ANNA@example.org", "A user with that e-mail address already exists."),
        ("email", "nowhere", "Enter a valid email address."),
        ("password2", "other", "The two password fields"),
        ("username", "a\x00b", "Null characters are not allowed."),
    ],
)
def test_sign_up_names_what_is_wrong(client, anna, settings, field, value, error):
    settings.EMAIL_BACKEND = CONSOLE
    form = {"username": "ben", "email": "ben@example.org", "password1": PASSWORD, "password2": PASSWORD}

    response = client.post("/accounts/sign-up/", {**form, field: value})

    assert response.status_code == 200
    assert error in response.content.decode()
    assert User.objects.count() == 1


def test_sign_up_that_is_closed_says_so_and_nothing_links_to_it(client, settings):
    settings.SIGN_UP_OPEN = False

    closed = client.post("/accounts/sign-up/", {"email": "ben@example.org"})
    invited = client.get(f"/accounts/sign-up/{invitation_for('ben@example.org')}/")

    assert (closed.status_code, invited.status_code) == (403, 403)
    assert "Sign-up is closed" in closed.content.decode()
    assert "/sign-up/" not in client.get("/accounts/log-in/").content.decode()


def test_password_reset_mails_a_link_that_sets_a_password(client, anna):
    response = client.post("/accounts/password/reset/", {"email": "anna@example.org"})
    assert response["Location"] == "/accounts/password/reset/sent/"

    url = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    form = client.get(url, follow=True)
    response = client.post(
        form.redirect_chain[-1][0], {"new_password1": "another good one", "new_password2": "another good one"}
    )

    assert response["Location"] == "/accounts/log-in/"
    assert log_in(client, password="another good one").status_code == 302


def test_password_reset_answers_the_same_for_an_unknown_address(client, anna):
    known = client.post("/accounts/password/reset/", {"email": "anna@example.org"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 1


def test_password_reset_writes_chinese_to_chinese_readers(client, anna):
    client.post("/zh-hans/accounts/password/reset/", {"email": "anna@example.org"})

    assert "/zh-hans/accounts/password/reset/" in mail.outbox[0].body
    assert re.search("[一-鿿]", mail.outbox[0].subject)
    assert re.search("[一-鿿]", mail.outbox[0].body)


def test_password_reset_is_bounded_for_an_address(client, anna):
    for _ in range(6):
        response = client.post("/accounts/password/reset/", {"email": "anna@example.org"})

    assert "Too many requests" in response.content.decode()
    assert len(mail.outbox) == 5


def test_password_change_needs_the_old_one(client, anna):
    client.force_login(anna)
    new = {"new_password1": "another good one", "new_password2": "another good one"}

    refused = client.post("/accounts/password/", {"old_password": "wrong", **new})
    changed = client.post("/accounts/password/", {"old_password": PASSWORD, **new})

    assert (refused.status_code, changed.status_code) == (200, 302)
    assert User.objects.get().check_password("another good one")


def test_delete_needs_the_password_and_takes_the_tokens_along(client, anna):
    client.force_login(anna)
    ApiToken.issue(anna, name="notebook")

    refused = client.post("/accounts/delete/", {"password": "wrong"})
    assert "This is not your password." in refused.content.decode()
    assert User.objects.exists()

    client.post("/accounts/delete/", {"password": PASSWORD})
    assert (User.objects.count(), ApiToken.objects.count()) == (0, 0)
    assert "_auth_user_id" not in client.session


def test_account_names_the_role(client, anna):
    client.force_login(anna)
    assert "Reader" in client.get("/accounts/").content.decode()

    anna.groups.add(Group.objects.get(name="Analysts"))
    User.objects.update(is_staff=True)
    page = client.get("/accounts/").content.decode()
    assert "Analyst" in page
    assert 'href="/admin/"' in page


PAGES = ["log-in/", "sign-up/", "sign-up/sent/", "password/reset/", "password/reset/sent/", "", "password/", "delete/"]


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize("page", PAGES)
def test_people_pages_are_no_one_elses(client, anna, prefix, page):
    if page in {"", "password/", "delete/"}:
        client.force_login(anna)

    response = client.get(f"{prefix}/accounts/{page}")

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "Strata-Shared-Answer" not in response


def test_people_pages_survive_nonsense(client):
    baker.make(User)
    for body in ({}, {"username": "\x00", "password": "\x00"}, {"username": "x" * 9000, "password": "y" * 9000}):
        assert client.post("/accounts/log-in/", body).status_code == 200


def test_sign_up_of_who_has_an_account_leads_there(client, anna):
    client.force_login(anna)

    assert client.get("/accounts/sign-up/")["Location"] == "/accounts/"


def test_sign_up_says_so_when_the_post_is_shut(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    response = client.post("/accounts/sign-up/", {"email": "ben@example.org"})

    assert "The e-mail could not be sent." in response.content.decode()


def test_direct_sign_up_is_bounded_for_an_address(client, settings):
    settings.EMAIL_BACKEND = CONSOLE
    for number in range(6):
        client.logout()
        form = {"username": f"n{number}", "email": f"n{number}@example.org", "password1": PASSWORD}
        response = client.post("/accounts/sign-up/", form | {"password2": PASSWORD})

    assert "Too many requests" in response.content.decode()
    assert User.objects.count() == 5


def test_sign_up_link_asks_for_a_name_that_is_free(client, anna):
    url = f"/accounts/sign-up/{invitation_for('ben@example.org')}/"

    response = client.post(url, {"username": "Anna", "password1": PASSWORD, "password2": PASSWORD})

    assert "A user with that username already exists." in response.content.decode()
    assert "ben@example.org" in response.content.decode()


def test_log_in_and_sign_up_lead_to_each_other_without_losing_where_one_wanted_to_go(client):
    wanted = "/accounts/{}/?next=/watchlist/add/%3Fitem%3Dalpha"

    assert f'href="{wanted.format("sign-up")}"' in client.get(wanted.format("log-in")).content.decode()
    assert f'href="{wanted.format("log-in")}"' in client.get(wanted.format("sign-up")).content.decode()


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/screener/saved/?save=stage%3Dsandbox", "/screener/saved/?save=stage%3Dsandbox"),
        ("https://evil.example/", "/accounts/"),
        ("//evil.example/", "/accounts/"),
        ("javascript:alert(1)", "/accounts/"),
        ("elsewhere", "/accounts/"),
        ("", "/accounts/"),
    ],
)
def test_direct_sign_up_leads_on_to_pages_of_this_site_only(client, settings, wanted, led_to):
    settings.EMAIL_BACKEND = CONSOLE
    form = {"username": "ben", "email": "ben@example.org", "password1": PASSWORD, "password2": PASSWORD}

    response = client.post("/accounts/sign-up/", form, query_params={"next": wanted})

    assert response["Location"] == led_to


def test_sign_up_by_mail_leads_on_to_where_one_wanted_to_go(client):
    wanted = "/watchlist/add/?item=alpha&x=1"
    client.post("/accounts/sign-up/", {"email": "ben@example.org"}, query_params={"next": wanted})
    url = re.search(r"http://testserver(/accounts/sign-up/\S+)", mail.outbox[0].body).group(1)

    response = client.post(url, {"username": "ben", "password1": PASSWORD, "password2": PASSWORD})
    assert response["Location"] == wanted

    client.logout()
    used = client.get(url)
    assert used["Location"] == "/accounts/log-in/?next=%2Fwatchlist%2Fadd%2F%3Fitem%3Dalpha%26x%3D1"


def test_sign_up_by_mail_writes_no_foreign_address(client):
    client.post("/accounts/sign-up/", {"email": "ben@example.org"}, query_params={"next": "https://evil.example/"})

    assert "evil.example" not in mail.outbox[0].body


def test_sign_up_of_who_has_an_account_leads_where_they_wanted_to_go(client, anna):
    client.force_login(anna)

    assert client.get("/accounts/sign-up/?next=/watchlist/")["Location"] == "/watchlist/"


def test_account_leads_to_what_one_keeps(client, anna):
    client.force_login(anna)

    page = client.get("/accounts/").content.decode()

    assert 'href="/watchlist/"' in page.split("<main", 1)[1]
    assert 'href="/screener/saved/"' in page.split("<main", 1)[1]
