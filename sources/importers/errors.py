"""Why an import is refused; each error is one sentence for the person who asked."""


class ImportRefusedError(Exception):
    """The root of what keeps an import from starting or ending; nothing was written."""


class ImportBusyError(ImportRefusedError):
    """Another import is at work."""


class OtherLandscapeError(ImportRefusedError):
    """The database holds another landscape."""


class UnfitValueError(ImportRefusedError):
    """A name or another value of the landscape does not fit into the database."""
