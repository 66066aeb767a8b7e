"""What can go wrong while a landscape is read; each error is one sentence for the person who asked."""


class LandscapeError(Exception):
    """The root of everything that the landscape clients raise."""


class SourceRefusedError(LandscapeError):
    """The source's text is not something that may be opened (an option, an unknown protocol)."""


class SourceNotFoundError(LandscapeError):
    """There is nothing at the path."""


class SourceUnreachableError(LandscapeError):
    """The server did not answer, or refused."""


class NotALandscapeError(LandscapeError):
    """The source holds something else: no repository, no landscape file, a web page."""


class IncompleteHistoryError(LandscapeError):
    """The repository is a shallow clone, so its first versions are missing."""


class HistoryRewrittenError(LandscapeError):
    """The last known commit no longer stands on the mainline."""


class GitError(LandscapeError):
    """A git command ended with an error."""


class BrokenLandscapeError(LandscapeError):
    """One version of the file cannot be read; the sentence names file, commit and line."""

    def __init__(self, reason: str, *, file: str, commit: str = "", line: int | None = None) -> None:
        self.reason = reason
        self.file = file
        self.commit = commit
        self.line = line
        place = file
        if commit:
            place += f" at commit {commit[:12]}"
        if line is not None:
            place += f", line {line}"
        super().__init__(f"{place}: {reason}.")
