"""Commits as readers may see them: the versions of a single file have none, only a mark of our own."""

from django.db.models import Case, CharField, F, Value, When

# Stands before what tells the versions of a file apart in the column of commits.
FILE_MARK = "file-"


def shown_commit(commit: str) -> str:
    """Return a version's commit; "" for a version of a single file."""
    return "" if commit.startswith(FILE_MARK) else commit


def shown_commit_of(column: str) -> Case:
    """Return the same for a column of a query."""
    is_mark = When(**{f"{column}__startswith": FILE_MARK}, then=Value(""))
    return Case(is_mark, default=F(column), output_field=CharField())
