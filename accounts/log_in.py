"""Log-in forms of the site and of the admin, protected against guessing."""

from datetime import timedelta
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.addresses import client_address
from accounts.attempts import Limit

# By account and address, so that a stranger cannot lock somebody out of their own account from elsewhere.
ACCOUNT_LIMIT = Limit("log-in", most=5, window=timedelta(minutes=15))
# One address that walks through many accounts; wide enough for an office behind one address.
ADDRESS_LIMIT = Limit("log-in address", most=100, window=timedelta(minutes=15))


class GuardedLogInForm(AuthenticationForm):
    """Name and password; refuses, without looking at the password, after too many failures."""

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username")
        if not username or not self.cleaned_data.get("password"):
            return super().clean()
        now = timezone.now()
        address = client_address(self.request) if self.request else ""
        subject = (username.casefold(), address)
        # Counted before the password is looked at, so that guesses sent at once cannot slip through.
        if not ADDRESS_LIMIT.take(address, now=now) or not ACCOUNT_LIMIT.take(*subject, now=now):
            raise ValidationError(_("Too many failed attempts. Try again in 15 minutes."), code="too_many_attempts")
        cleaned = super().clean()
        ACCOUNT_LIMIT.forget(*subject)
        return cleaned


class GuardedAdminLogInForm(GuardedLogInForm, AdminAuthenticationForm):
    """The same for the admin, which only staff may enter."""
