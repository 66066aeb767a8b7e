"""Tokens that people issue for themselves."""

from django.utils import timezone
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from accounts.models import ApiToken, User, digest_of


class TokenAuthentication(authentication.BaseAuthentication):
    """``Authorization: Bearer strata_…``; an unknown token is 401, none at all is anonymous."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        keyword, _, plain = request.headers.get("Authorization", "").partition(" ")
        if keyword.lower() != "bearer":
            return None
        token = ApiToken.objects.select_related("user").filter(digest=digest_of(plain.strip())).first()
        if token is None or not token.user.is_active:
            message = "The API token is unknown or was revoked."
            raise exceptions.AuthenticationFailed(message)
        today = timezone.now().date()
        if token.last_used_on != today:
            ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
