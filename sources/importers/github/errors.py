"""Why a run ends before it is done."""


class GithubSilentError(Exception):
    """GitHub answered nothing for a long time; the run ends, and the next one tries again."""

    def __init__(self, last: str) -> None:
        super().__init__(f"GitHub gave no answer again and again, so the run ended. The last it said: {last}")
