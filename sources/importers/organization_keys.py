"""How files of ``content/`` name an organization: as the landscape does, else by its slug."""

from projects.models import Organization
from sources.clients.content_files import OrganizationEntry


def organization_key(organization: Organization | OrganizationEntry | None) -> str:
    """Return the key by which content files name an organization; "" for none."""
    return (organization.permalink or organization.slug) if organization else ""


def organizations_by_key() -> dict[str, Organization]:
    """Return every stored organization by its key; one query."""
    return {organization_key(row): row for row in Organization.objects.all()}
