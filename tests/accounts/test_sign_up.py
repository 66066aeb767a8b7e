"""Invitations."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from model_bakery import baker

from accounts.models import User
from accounts.sign_up import InvalidInvitationError, has_account, invitation_for, invited_email

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_invitation_gives_its_address_back():
    assert invited_email(invitation_for("anna@example.org")) == "anna@example.org"


def test_invitation_refuses_what_was_altered():
    with pytest.raises(InvalidInvitationError):
        invited_email(invitation_for("anna@example.org")[:-2] + "xx")


def test_invitation_refuses_what_is_older_than_two_days():
    with time_machine.travel(NOW, tick=False):
        invitation = invitation_for("anna@example.org")

    with time_machine.travel(NOW + timedelta(days=2, seconds=-1), tick=False):
        assert invited_email(invitation) == "anna@example.org"
    with time_machine.travel(NOW + timedelta(days=2, seconds=1), tick=False), pytest.raises(InvalidInvitationError):
        invited_email(invitation)


@pytest.mark.django_db
def test_has_account_ignores_case():
    baker.make(User, email="Anna@example.org")

    assert has_account("anna@EXAMPLE.org")
    assert not has_account("ben@example.org")
