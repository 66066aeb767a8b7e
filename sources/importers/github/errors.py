"""Why a run ends before it is done."""


class GithubSilentError(Exception):
    """GitHub answered nothing for a long time, at last ``said``; the run ends, and the next one tries again."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(f"GitHub gave no answer again and again. The last it said: {said}")
