"""Which repository a name means."""

from django.db.models import Case, F, Value, When
from django.db.models.functions import Lower

from projects.models import Repository, RepositoryName


def repository_called(full_name: str) -> Repository | None:
    """Return the repository on GitHub with this ``owner/name``, in any case; a former name leads to its last holder.

    One query, and another one for a former name. A present name goes before a former one.
    """
    name = full_name.lower()
    # After a rename two cards can lead to one repository; the one whose card says so is meant.
    is_elsewhere = Case(When(lower_url=f"https://github.com/{name}", then=Value(0)), default=Value(1))
    present = Repository.objects.on_github().alias(lower_name=Lower("full_name"), lower_url=Lower("url"))
    found = present.filter(lower_name=name).order_by(is_elsewhere, "pk").first()
    if found is not None:
        return found
    former = RepositoryName.objects.alias(lower_name=Lower("full_name")).filter(lower_name=name)
    last = former.filter(repository__host="github.com").select_related("repository")
    seen = last.order_by(F("last_seen_at").desc(nulls_first=True), "-first_seen_at", "-pk").first()
    return seen.repository if seen else None
