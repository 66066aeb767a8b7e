"""The catalogue's tables."""

from projects.models.changes import Change, ChangeKind
from projects.models.data_version import DataTouch, DataVersion
from projects.models.items import MAKERS, MEMBERSHIPS, Item, ItemAlias, ItemKind, ItemOrganization, ItemRole
from projects.models.landscapes import Landscape, LandscapeVersion, VersionStatus
from projects.models.logos import Logo, LogoSheet
from projects.models.organizations import Organization, OrganizationKind
from projects.models.periods import ItemPeriod
from projects.models.repositories import ItemRepository, Repository, RepositoryName
from projects.models.sources import Source
from projects.models.stages import Maturity, Project, StageDeclaration, StageReview
from projects.models.taxonomy import (
    Category,
    CategoryGroup,
    Subcategory,
    SubcategoryPeriod,
    TaxonomyBreak,
    TaxonomyBreakKind,
)

__all__ = [
    "MAKERS",
    "MEMBERSHIPS",
    "Category",
    "CategoryGroup",
    "Change",
    "ChangeKind",
    "DataTouch",
    "DataVersion",
    "Item",
    "ItemAlias",
    "ItemKind",
    "ItemOrganization",
    "ItemPeriod",
    "ItemRepository",
    "ItemRole",
    "Landscape",
    "LandscapeVersion",
    "Logo",
    "LogoSheet",
    "Maturity",
    "Organization",
    "OrganizationKind",
    "Project",
    "Repository",
    "RepositoryName",
    "Source",
    "StageDeclaration",
    "StageReview",
    "Subcategory",
    "SubcategoryPeriod",
    "TaxonomyBreak",
    "TaxonomyBreakKind",
    "VersionStatus",
]
