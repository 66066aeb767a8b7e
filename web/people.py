"""Requests of people who are logged in."""

from accounts.models import User
from web.pages import HtmxRequest


class OwnRequest(HtmxRequest):
    """A request behind ``login_required``: its user is a person with an account."""

    user: User
