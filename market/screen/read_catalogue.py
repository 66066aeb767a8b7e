"""Reads what the landscape said of each item: its place, its stages, and where analysts put it."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from market.layers import layer_trees
from market.models import Framework, LayerAssignment
from market.screen.rows import Cells, Choice, Rows, months_between_days
from metrics.base_rates import Population, Question, population
from metrics.formulas.results import Value
from metrics.stage_standings import standings
from projects.item_history import ACCEPTED
from projects.models import ItemKind, ItemRepository, Maturity, StageDeclaration
from projects.querysets.items import ladder_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from market.layers import LayerTree

NONE_PLACE = 10**6
FRAMEWORKS = {
    "investment-layers": "layer_part",
    "simplified-modules": "module",
    "trail-map": "trail_step",
    "security-4c": "security_4c",
}


def read_catalogue(rows: Rows) -> dict[str, Cells]:
    """Read the columns of the catalogue; one query."""
    facts = _facts(rows.instant)
    periods = rows.periods
    return {
        "category": _places(rows, "subcategory__category__"),
        "subcategory": _places(rows, "subcategory__"),
        "maturity": _maturity(rows),
        "kind": _words([period["kind"] for period in periods], dict(ItemKind.choices)),
        "license": _words(
            [period["license"] or facts.get(period["item_id"], ("",))[0] or None for period in periods], {}
        ),
        "country": _words([_country(rows, period["item_id"]) for period in periods], {}),
        "organization": _organizations(rows),
        "repository": Cells([period["repository_url"] or None for period in periods]),
        **_spans(rows),
        "measurement_age": rows.column({item: (rows.day - day).days for item, (_, day) in facts.items()}),
    }


def _facts(instant: datetime) -> Mapping[int, tuple[str, date]]:
    """The licence and day of what GitHub told of each item's main repository up to an instant."""
    links = ItemRepository.objects.filter(is_primary=True, is_current=True, repository__facts__observed_at__lte=instant)
    columns = links.order_by("pk").values_list(
        "item_id", "repository__facts__license_spdx", "repository__facts__observed_at"
    )
    return {item: (licence or "", at.astimezone(UTC).date()) for item, licence, at in columns}


def _places(rows: Rows, path: str) -> Cells:
    """A category or section by its slug; the newest landscape's order, then what it no longer has."""
    known: dict[str, tuple[tuple[Any, ...], Choice]] = {}
    for period in rows.periods:
        place = [period[f"{at}position"] for at in ("subcategory__category__", path)]
        order = tuple(NONE_PLACE if one is None else one for one in place)
        choice = Choice(period[f"{path}name"], period[f"{path}name_zh"])
        known.setdefault(period[f"{path}slug"], ((*order, choice.label), choice))
    choices = {slug: choice for slug, (_, choice) in sorted(known.items(), key=lambda each: each[1][0])}
    return Cells([period[f"{path}slug"] for period in rows.periods], choices=choices)


def _maturity(rows: Rows) -> Cells:
    values = [period["maturity"] or None for period in rows.periods]
    words = sorted({word for word in values if word} | set(Maturity.values), key=ladder_order)
    return Cells(values, choices={word: Choice(word) for word in words})


def _words(values: list[str | None], labels: Mapping[str, Any]) -> Cells:
    """A choice of words; all those with labels in their order, then the others that occur."""
    used = {value for value in values if value}
    ordered = [*labels, *sorted(used - set(labels))]
    return Cells(values, choices={word: Choice(word) for word in ordered})


def _country(rows: Rows, item: int) -> str | None:
    return next((maker.country for maker in rows.makers.get(item, ()) if maker.country), None)


def _organizations(rows: Rows) -> Cells:
    names = {period["organization__name"]: period["organization__name_zh"] for period in rows.periods}
    choices = {name: Choice(name, chinese) for name, chinese in names.items() if name and chinese}
    return Cells([period["organization__name"] for period in rows.periods], choices=choices)


def _spans(rows: Rows) -> dict[str, Cells]:
    listed: list[date | None] = []
    months: list[float | None] = []
    delisted: list[bool] = []
    for period in rows.periods:
        upper: datetime | None = period["during"].upper
        has_left = upper is not None and upper <= rows.instant
        since = period["item__listed_at"].astimezone(UTC).date() if period["item__listed_at"] else None
        until = upper.astimezone(UTC).date() if has_left and upper else rows.day
        listed.append(since)
        months.append(None if since is None else months_between_days(since, until))
        delisted.append(has_left)
    return {"listed_on": Cells(listed), "months_listed": Cells(months), "delisted": Cells(delisted)}


def read_stages(rows: Rows) -> dict[str, Cells]:
    """Read the columns of stages; at most seven queries."""
    question = Question(as_of=rows.instant, known_at=rows.instant, include_delisted=True, per_card=True)
    people = population(question)
    entered = {path.item_id: path.entered for path in people.paths}
    accepted = {item: days.get(Maturity.SANDBOX) for item, days in entered.items()} | _declared_acceptance(rows)
    accepted = {item: day for item, day in accepted.items() if day is not None and day <= rows.day}
    listed = Population([path for path in people.paths if path.left_on is None], people.until)
    standing = {each.path.item_id: each for each in standings(listed)}
    return {
        "accepted_on": rows.column(accepted),
        "incubating_on": rows.column({item: days.get(Maturity.INCUBATING) for item, days in entered.items()}),
        "graduated_on": rows.column({item: days.get(Maturity.GRADUATED) for item, days in entered.items()}),
        "months_in_stage": rows.column(
            {item: months_between_days(one.entered_on, people.until) for item, one in standing.items() if people.until}
        ),
        "months_since_acceptance": rows.column(
            {
                item: months_between_days(day, people.until)
                for item, day in accepted.items()
                if day and people.until and day <= people.until
            }
        ),
        "stage_percentile": rows.column(
            {item: one.percentile.value for item, one in standing.items() if isinstance(one.percentile, Value)}
        ),
    }


def _declared_acceptance(rows: Rows) -> dict[int, date | None]:
    said = StageDeclaration.objects.filter(stage=ACCEPTED, during__startswith__lte=rows.instant)
    return dict(said.order_by("during", "pk").values_list("item_id", "declared_on"))


def read_layers(rows: Rows) -> dict[str, Cells]:
    """Read the columns of layers; three queries."""
    frameworks = list(Framework.objects.filter(slug__in=FRAMEWORKS).order_by("pk"))
    of_item, of_section = _assignments(frameworks)
    trees = {tree.framework.slug: tree for tree in layer_trees(frameworks)}
    found: dict[str, Cells] = {"layer": rows.empty()} | {key: rows.empty() for key in FRAMEWORKS.values()}
    for slug, tree in trees.items():
        key, framework = FRAMEWORKS[slug], tree.framework.pk
        nodes = [
            of_item.get((framework, period["item_id"])) or of_section.get((framework, period["subcategory_id"]))
            for period in rows.periods
        ]
        found[key] = _layer_cells(tree, nodes)
        if key == "layer_part":
            found["layer"] = _layer_cells(tree, [_root(tree, node) for node in nodes], roots=True)
    return found


def _assignments(
    frameworks: Iterable[Framework],
) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
    of_item: dict[tuple[int, int], int] = {}
    of_section: dict[tuple[int, int], int] = {}
    rows = LayerAssignment.objects.filter(framework__in=list(frameworks))
    columns: Iterable[Any] = rows.values_list("framework_id", "layer_id", "item_id", "subcategory_id")
    for framework, layer, item, section in columns:
        if item is not None:
            of_item[framework, item] = layer
        elif section is not None:
            of_section[framework, section] = layer
    return of_item, of_section


def _layer_cells(tree: LayerTree, nodes: list[int | None], *, roots: bool = False) -> Cells:
    choices = {
        node.slug: Choice(_titled(node.code, node.name), _titled(node.code, node.name_zh) if node.name_zh else "")
        for node in tree.nodes
        if not (roots and node.depth)
    }
    return Cells([None if node is None else tree.by_key[node].slug for node in nodes], choices=choices)


def _titled(code: str, name: str) -> str:
    return f"{code} {name}" if code else name


def _root(tree: LayerTree, key: int | None) -> int | None:
    node = tree.by_key.get(key) if key is not None else None
    while node is not None and node.parent_key is not None:
        node = tree.by_key[node.parent_key]
    return node.key if node else None
