"""Keeps secrets that stand in addresses out of the log."""

import logging
import re

_FEED = re.compile(r"(/watchlist/)[^/\s]+(/feed\.atom)")


class HideFeedTokens(logging.Filter):
    """Hides the tokens of watchlists' feeds, which Django would name in "Not Found: /watchlist/…/feed.atom"."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a record that names such an address; none is dropped."""
        message = record.getMessage()
        if _FEED.search(message):
            record.msg, record.args = _FEED.sub(r"\1…\2", message), ()
        return True
