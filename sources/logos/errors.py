"""What can be wrong with a logo file."""


class BadLogoError(ValueError):
    """A file that is no usable picture; the message is one sentence for the import report."""


class UnsafeLogoError(BadLogoError):
    """A file built to harm who opens it; such a file is refused, not repaired."""
