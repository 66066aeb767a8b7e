"""API tokens of one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from accounts.models import ApiToken
from web.forms.accounts import TokenForm
from web.people import OwnRequest
from web.views.accounts import account_context


@require_POST
@never_cache
@login_required
@sensitive_variables("plain")
def token_issue(request: OwnRequest) -> HttpResponse:
    """Issue a token and show it, this once.

    It stands in this answer alone: no redirect, so neither address nor session ever hold it, and no cache
    may keep the page. Sending the form again fails, since the name is taken.
    """
    form = TokenForm(request.POST, instance=ApiToken(user=request.user))
    if not form.is_valid():
        return render(request, "accounts/account.html", account_context(request.user, form), status=422)
    token, plain = ApiToken.issue(request.user, name=form.cleaned_data["name"])
    return render(request, "accounts/token_issued.html", {"token": token, "plain": plain}, status=201)


@require_POST
@never_cache
@login_required
def token_revoke(request: OwnRequest, pk: int) -> HttpResponse:
    """Delete one of one's own tokens; it stops working at once."""
    token = get_object_or_404(request.user.api_tokens, pk=pk)
    token.delete()
    messages.success(request, _("The token %(name)s is revoked.") % {"name": token.name})
    return redirect("account")
