"""Addresses of people's own pages; the names of log-in and passwords are Django's."""

from django.urls import URLPattern, path

from web.views import accounts, sign_up, tokens

urlpatterns: list[URLPattern] = [
    path("", accounts.account, name="account"),
    path("log-in/", accounts.login, name="login"),
    path("log-out/", accounts.logout, name="logout"),
    path("password/", accounts.password_change, name="password_change"),
    path("password/reset/", accounts.password_reset, name="password_reset"),
    path("password/reset/sent/", accounts.password_reset_done, name="password_reset_done"),
    path("password/reset/<uidb64>/<token>/", accounts.password_reset_confirm, name="password_reset_confirm"),
    path("sign-up/", sign_up.sign_up, name="sign_up"),
    path("sign-up/sent/", sign_up.sign_up_sent, name="sign_up_sent"),
    path("sign-up/<str:invitation>/", sign_up.sign_up_finish, name="sign_up_finish"),
    path("delete/", accounts.account_delete, name="account_delete"),
    path("tokens/", tokens.token_issue, name="token_issue"),
    path("tokens/<int:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
]
