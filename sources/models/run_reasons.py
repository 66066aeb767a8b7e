"""Why a run ended before it was done, or what its operator should know of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunReason(models.TextChoices):
    """A reason with its sentence, to be filled with the run's ``reason_details``; what others said stays in their words."""

    NO_TOKEN = "no_token", _("There is no GitHub token.")
    TOKEN_UNUSABLE = "token_unusable", _("The GitHub token has characters that no token has.")
    TOKEN_REFUSED = "token_refused", _("GitHub does not accept the token: %(said)s.")
    TOKEN_ENDS = "token_ends", _("The GitHub token expires on %(day)s.")
    WRONG_ADDRESS = "wrong_address", _("The configured address is none of GitHub's API: %(said)s.")
    SILENT = "silent", _("GitHub gave no answer again and again, so the run ended. The last it said: %(said)s.")
