"""People and tokens in the database."""

import pytest
from django.db import IntegrityError
from model_bakery import baker

from accounts.models import ApiToken, FigureReport, User, digest_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", ["username", "email"])
def test_user_is_unique_in_any_case(field):
    baker.make(User, **{field: "anna@example.org"})

    with pytest.raises(IntegrityError, match=f"user_{field}_unique_in_any_case"):
        baker.make(User, **{field: "Anna@example.org"})


def test_token_keeps_only_its_digest():
    token, plain = ApiToken.issue(baker.make(User), name="notebook")

    assert plain.startswith(token.hint)
    stored = ApiToken.objects.values_list("digest", "hint", "name").get()
    assert stored == (digest_of(plain), plain[:12], "notebook")


def test_token_name_is_unique_to_its_user():
    user = baker.make(User)
    ApiToken.issue(user, name="notebook")

    with pytest.raises(IntegrityError, match="api_token_name_unique"):
        ApiToken.issue(user, name="notebook")


def test_report_refuses_an_unknown_status():
    with pytest.raises(IntegrityError, match="figure_report_status_known"):
        baker.make(FigureReport, status="lost")


def test_report_outlives_its_reader():
    user = baker.make(User)
    baker.make(FigureReport, user=user)

    user.delete()

    assert FigureReport.objects.get().user is None
