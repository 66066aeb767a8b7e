"""What can go wrong while Strata runs its own services."""


class EmbeddedError(Exception):
    """One sentence for the operator; nothing was left half-done."""


class UsageError(EmbeddedError):
    """The command line asks for something that does not exist."""
