"""What people fill in about themselves."""

from typing import Any

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, User

MOST_TOKENS = 20


class InvitationForm(forms.Form):
    """Where to send the link with which a sign-up goes on."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    email.widget.attrs["autocomplete"] = "email"


class InvitedSignUpForm(BaseUserCreationForm[User]):
    """Name and password of a new account whose e-mail address is proven."""

    class Meta(BaseUserCreationForm.Meta):
        model = User


class DirectSignUpForm(BaseUserCreationForm[User]):
    """A new account where the site sends no e-mail and so cannot prove the address."""

    class Meta(BaseUserCreationForm.Meta):
        model = User
        fields = ("username", "email")


class TokenForm(forms.ModelForm[ApiToken]):
    """The name of a new token; its user comes with ``instance``."""

    class Meta:
        model = ApiToken
        fields = ["name"]
        help_texts = {"name": _('So that you know later what uses it, for example "notebook".')}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        tokens = self.instance.user.api_tokens
        if tokens.count() >= MOST_TOKENS:
            raise forms.ValidationError(_("You have %(most)d tokens. Revoke one first.") % {"most": MOST_TOKENS})
        if tokens.filter(name=name).exists():
            raise forms.ValidationError(_("You have a token of that name already."))
        return name


class DeleteAccountForm(forms.Form):
    """The password once more, before an account is gone."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password
