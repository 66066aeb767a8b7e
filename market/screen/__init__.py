"""The screener: every column of every item of a day, filtered, sorted and ranked in memory."""
