"""Notices in the database: each once, however often it is met."""

from collections.abc import Iterable

from sources.importers.notices import NoticeRow
from sources.models import ImportNotice


def store_notices(rows: Iterable[NoticeRow]) -> None:
    """Add new notices, and to known ones how often they were met again."""
    known = {(notice.kind, notice.subject): notice for notice in ImportNotice.objects.all()}
    added, counted = [], []
    for row in rows:
        notice = known.get((row.kind, row.subject))
        if notice is None:
            added.append(
                ImportNotice(
                    kind=row.kind,
                    subject=row.subject,
                    detail=row.detail,
                    commit=row.commit,
                    first_seen_at=row.first_seen_at,
                    count=row.count,
                )
            )
        else:
            notice.count += row.count
            counted.append(notice)
    ImportNotice.objects.bulk_create(added)
    ImportNotice.objects.bulk_update(counted, ["count"])


def forget_catalogue_notices() -> None:
    """Take out what an earlier reading of the history noted; what logos met stays."""
    ImportNotice.objects.exclude(kind=ImportNotice.Kind.LOGO).delete()
