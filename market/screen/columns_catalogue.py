"""The screener's columns of the catalogue, of stages and of layers."""

from django.utils.translation import gettext_lazy as _

from market.screen.column import Column, Group, Kind
from metrics.formulas.percentiles import VERSION as PERCENTILE_VERSION

LANDSCAPE = _("the landscape")
DECLARED = _("the landscape's declared dates")
ORGANIZATIONS = _("our own record of organizations, each with its source")
ASSIGNED = _("analysts' assignments, each with its reason")
NOT_HOSTED = _("No foundation hosts it.")
UNDATED = _("No day is declared.")
UNASSIGNED = _("Nobody has assigned it or its section.")

# fmt: off
CATALOGUE_COLUMNS = (
    Column("category", _("Category"), Group.CATALOGUE, Kind.CHOICE, _("The category that the card stood in."), LANDSCAPE),
    Column("subcategory", _("Section"), Group.CATALOGUE, Kind.CHOICE, _("The section of its category."), LANDSCAPE),
    Column("maturity", _("Maturity"), Group.CATALOGUE, Kind.CHOICE, _("How far its foundation says it has come."), LANDSCAPE, NOT_HOSTED),
    Column("kind", _("Kind"), Group.CATALOGUE, Kind.CHOICE, _("What the card stands for: a hosted project, other open source, a product, a member or a partner."), LANDSCAPE),
    Column("license", _("Licence"), Group.CATALOGUE, Kind.CHOICE, _("The licence that the card names; where it names none, the one GitHub recognised last in its main repository."), _("the landscape; GitHub"), _("No licence is named or recognised.")),
    Column("country", _("Country"), Group.CATALOGUE, Kind.CHOICE, _("The seat of the organization that makes it, or that it comes from; never the seat of the foundation that hosts it."), ORGANIZATIONS, _("We know no seat of a maker.")),
    Column("organization", _("Organization"), Group.CATALOGUE, Kind.TEXT, _("The organization that the card names; of most hosted projects it is the foundation."), LANDSCAPE, _("The card names none.")),
    Column("repository", _("Repository"), Group.CATALOGUE, Kind.TEXT, _("The address of the repository that the card names."), LANDSCAPE, _("The card names none.")),
    Column("listed_on", _("Listed on"), Group.CATALOGUE, Kind.DAY, _("The day (UTC) on which the landscape first listed the card."), LANDSCAPE),
    Column("months_listed", _("Months listed"), Group.CATALOGUE, Kind.MONTHS, _("Months of 30.44 days since it was first listed, up to the day it left."), LANDSCAPE, digits=1),
    Column("delisted", _("Delisted"), Group.CATALOGUE, Kind.YES_NO, _("Whether the card had left the landscape by the day."), LANDSCAPE),
)
STAGE_COLUMNS = (
    Column("accepted_on", _("Accepted on"), Group.STAGE, Kind.DAY, _("The day on which its foundation took it in, as declared; where none is declared, the day it was first seen in the sandbox."), DECLARED, UNDATED),
    Column("incubating_on", _("Incubating since"), Group.STAGE, Kind.DAY, _("The day on which it entered incubation, as declared, else as first seen."), DECLARED, UNDATED),
    Column("graduated_on", _("Graduated on"), Group.STAGE, Kind.DAY, _("The day on which it graduated, as declared, else as first seen."), DECLARED, UNDATED),
    Column("months_in_stage", _("Months in stage"), Group.STAGE, Kind.MONTHS, _("Months of 30.44 days since it entered its present stage, up to the newest version of the landscape."), DECLARED, UNDATED, digits=1),
    Column("months_since_acceptance", _("Months since acceptance"), Group.STAGE, Kind.MONTHS, _("Months of 30.44 days since its foundation took it in, up to the newest version of the landscape."), DECLARED, UNDATED, digits=1),
    Column("stage_percentile", _("Months in stage, rank among peers"), Group.STAGE, Kind.NUMBER, _("Percentile of its time in stage among the hosted cards in the same stage: 90 stands there longer than about nine of ten."), PERCENTILE_VERSION, _("It stands in no stage, or beside fewer than five."), is_rank=True),
)
LAYER_COLUMNS = (
    Column("layer", _("Investment layer"), Group.LAYERS, Kind.CHOICE, _("Technology, application or service: the essay's layers, by the item's own assignment, else its section's."), ASSIGNED, UNASSIGNED),
    Column("layer_part", _("Part of the layer"), Group.LAYERS, Kind.CHOICE, _("The innermost investment layer: of technology, substitutes or new infrastructure."), ASSIGNED, UNASSIGNED),
    Column("module", _("Module"), Group.LAYERS, Kind.CHOICE, _("The essay's simplified module, by the item's own assignment, else its section's."), ASSIGNED, UNASSIGNED),
    Column("trail_step", _("Trail Map step"), Group.LAYERS, Kind.CHOICE, _("The step of the CNCF's Trail Map that it belongs to."), ASSIGNED, UNASSIGNED),
    Column("security_4c", _("Security 4C"), Group.LAYERS, Kind.CHOICE, _("Which of cloud, cluster, container and code it secures."), ASSIGNED, UNASSIGNED),
)
# fmt: on
