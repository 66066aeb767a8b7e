"""Proof that an e-mail address belongs to whoever signs up."""

from datetime import timedelta

from django.core import signing

from accounts.models import User

SALT = "accounts.sign_up"
VALID_FOR = timedelta(days=2)


class InvalidInvitationError(ValueError):
    """The invitation was altered or is too old."""


def invitation_for(email: str) -> str:
    """Return the text, fit for an address, that only the owner of ``email`` is sent."""
    return signing.dumps(email, salt=SALT)


def invited_email(invitation: str) -> str:
    """Return the e-mail address that an invitation was made for.

    Raises InvalidInvitationError for one that was altered or is older than VALID_FOR.
    """
    try:
        email: str = signing.loads(invitation, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature as error:
        raise InvalidInvitationError from error
    return email


def has_account(email: str) -> bool:
    """Tell whether somebody has an account with this address, in any case of its letters."""
    return User.objects.filter(email__iexact=email).exists()
