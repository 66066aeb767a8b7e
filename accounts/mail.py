"""Whether e-mails reach anybody."""

from django.conf import settings

STAYING_BACKENDS = ("console", "dummy", "filebased")


def mail_leaves_the_server() -> bool:
    """Tell whether e-mail is set up; without it messages only appear in the server's log."""
    return settings.EMAIL_BACKEND.split(".")[-2] not in STAYING_BACKENDS
