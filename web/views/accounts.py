"""Log-in, passwords, and one's own account."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.addresses import client_address
from accounts.attempts import Limit
from accounts.log_in import GuardedLogInForm
from accounts.mail import mail_leaves_the_server
from accounts.models import User
from web.forms.accounts import DeleteAccountForm, TokenForm
from web.people import OwnRequest

RESET_LIMIT = Limit("password reset", most=5, window=timedelta(hours=1))


class Login(auth_views.LoginView):
    """Name and password; whoever is logged in already goes to their account."""

    template_name = "accounts/log_in.html"
    authentication_form = GuardedLogInForm
    redirect_authenticated_user = True


class PasswordChange(auth_views.PasswordChangeView):
    """A new password for who knows the old one; ends the account's other sessions."""

    template_name = "accounts/password_change.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


class PasswordReset(auth_views.PasswordResetView):
    """Ask for a link by e-mail; the answer is the same whether the address has an account or not."""

    template_name = "accounts/password_reset.html"
    email_template_name = "emails/password_reset.txt"
    subject_template_name = "emails/password_reset_subject.txt"
    success_url = reverse_lazy("password_reset_done")

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        if not RESET_LIMIT.take(client_address(self.request), now=timezone.now()):
            form.add_error(None, _("Too many requests from your address. Try again in an hour."))
            return self.form_invalid(form)
        return super().form_valid(form)


class PasswordResetDone(auth_views.PasswordResetDoneView):
    """What to expect after asking for a link."""

    template_name = "accounts/password_reset_sent.html"
    extra_context = {"mail_leaves": mail_leaves_the_server}


class PasswordResetConfirm(auth_views.PasswordResetConfirmView):
    """A new password for who got the link."""

    template_name = "accounts/password_reset_confirm.html"
    success_url = reverse_lazy("login")

    def form_valid(self, form: "SetPasswordForm[User]") -> HttpResponse:
        messages.success(self.request, _("Your new password is set. Log in with it."))
        return super().form_valid(form)


# Django's views of class form, under names like those of all other views.
login = never_cache(Login.as_view())
logout = auth_views.LogoutView.as_view()
password_change = never_cache(PasswordChange.as_view())
password_reset = never_cache(PasswordReset.as_view())
password_reset_done = never_cache(PasswordResetDone.as_view())
password_reset_confirm = PasswordResetConfirm.as_view()


@require_safe
@never_cache
@login_required
def account(request: OwnRequest) -> HttpResponse:
    """Show one's name, role and tokens."""
    return render(request, "accounts/account.html", account_context(request.user))


def account_context(user: User, token_form: TokenForm | None = None) -> dict[str, object]:
    """Return what the account page shows; two queries when rendered."""
    return {
        "token_form": token_form or TokenForm(),
        "tokens": user.api_tokens.order_by("-created_at", "-pk"),
        "role": role_of(user),
    }


def role_of(user: User) -> str:
    """Name what a person may do here."""
    if user.is_superuser:
        return _("Administrator")
    return _("Analyst") if user.is_staff else _("Reader")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
@login_required
def account_delete(request: OwnRequest) -> HttpResponse:
    """Delete one's own account, after the password was given once more."""
    user = request.user
    form = DeleteAccountForm(request.POST if request.method == "POST" else None, user=user)
    if not form.is_valid():
        return render(request, "accounts/delete.html", {"form": form})
    person = User.objects.get(pk=user.pk)
    end_session(request)
    person.delete()
    messages.success(request, _("Your account and all that belonged to it are deleted."))
    return redirect("login")
