"""Sign-up: by a link sent to the e-mail address, or at once where the site sends no e-mail."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.addresses import client_address
from accounts.attempts import Limit
from accounts.mail import mail_leaves_the_server
from accounts.models import User
from accounts.sign_up import InvalidInvitationError, has_account, invitation_for, invited_email
from web.forms.accounts import DirectSignUpForm, InvitationForm, InvitedSignUpForm
from web.next_page import next_page

logger = logging.getLogger(__name__)

SIGN_UP_LIMIT = Limit("sign-up", most=5, window=timedelta(hours=1))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def sign_up(request: HttpRequest) -> HttpResponse:
    """Begin a sign-up."""
    if request.user.is_authenticated:
        return redirect(next_page(request) or "account")
    if not settings.SIGN_UP_OPEN:
        return render(request, "accounts/sign_up_closed.html", status=403)
    return _invite(request) if mail_leaves_the_server() else _sign_up_directly(request)


def _invite(request: HttpRequest) -> HttpResponse:
    """Send a link to the address; the answer does not tell whether it has an account already."""
    form = InvitationForm(request.POST or None)
    context = {"form": form, "is_by_mail": True, "next": next_page(request)}
    if not form.is_valid():
        return render(request, "accounts/sign_up.html", context)
    if not _is_within_limit(request):
        form.add_error(None, _("Too many requests from your address. Try again in an hour."))
    elif not _send_invitation(request, form.cleaned_data["email"]):
        form.add_error(None, _("The e-mail could not be sent. Try again later."))
    else:
        return redirect("sign_up_sent")
    return render(request, "accounts/sign_up.html", context)


def _is_within_limit(request: HttpRequest) -> bool:
    return SIGN_UP_LIMIT.take(client_address(request), now=timezone.now())


def _send_invitation(request: HttpRequest, email: str) -> bool:
    """Write to the address: a link to go on, or word that it has an account; False if the post is shut."""
    if has_account(email):
        template, url = "emails/sign_up_known.txt", reverse("password_reset")
    else:
        finish = reverse("sign_up_finish", args=[invitation_for(email)], query=_next_query(request))
        template, url = "emails/sign_up.txt", finish
    body = render_to_string(template, {"url": request.build_absolute_uri(url)})
    try:
        send_mail(_("Your account on Strata"), body, None, [email])
    except (SMTPException, OSError):
        logger.exception("A sign-up e-mail could not be sent")
        return False
    return True


def _next_query(request: HttpRequest) -> dict[str, str] | None:
    page = next_page(request)
    return {"next": page} if page else None


def _sign_up_directly(request: HttpRequest) -> HttpResponse:
    form = DirectSignUpForm(request.POST or None)
    if form.is_valid():
        if _is_within_limit(request):
            return _welcome(request, form.save())
        form.add_error(None, _("Too many requests from your address. Try again in an hour."))
    context = {"form": form, "is_by_mail": False, "next": next_page(request)}
    return render(request, "accounts/sign_up.html", context)


def _welcome(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    messages.success(request, _("Welcome. Your account is ready."))
    return redirect(next_page(request) or "account")


@require_safe
@never_cache
def sign_up_sent(request: HttpRequest) -> HttpResponse:
    """Say what to expect after the link was asked for."""
    return render(request, "accounts/sign_up_sent.html")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def sign_up_finish(request: HttpRequest, invitation: str) -> HttpResponse:
    """Make the account of whoever got the link."""
    if not settings.SIGN_UP_OPEN:
        return render(request, "accounts/sign_up_closed.html", status=403)
    try:
        email = invited_email(invitation)
    except InvalidInvitationError:
        return render(request, "accounts/sign_up_expired.html", status=410)
    if has_account(email):
        messages.info(request, _("This link was used already. Log in with your name and password."))
        return redirect(reverse("login", query=_next_query(request)))
    form = InvitedSignUpForm(request.POST or None, instance=User(email=email))
    if form.is_valid():
        return _welcome(request, form.save())
    return render(request, "accounts/sign_up_finish.html", {"form": form, "email": email})
