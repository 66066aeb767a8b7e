"""All columns of the screener, by key, in the order of their groups."""

from market.screen.column import Column, Group
from market.screen.columns_catalogue import CATALOGUE_COLUMNS, LAYER_COLUMNS, STAGE_COLUMNS
from market.screen.columns_figures import ACTIVITY_COLUMNS, ATTENTION_COLUMNS, DATA_COLUMNS, PEOPLE_COLUMNS
from market.screen.columns_market import ADOPTION_COLUMNS, MONEY_COLUMNS

COLUMNS: dict[str, Column] = {
    column.key: column
    for column in (
        *CATALOGUE_COLUMNS,
        *STAGE_COLUMNS,
        *ATTENTION_COLUMNS,
        *ACTIVITY_COLUMNS,
        *PEOPLE_COLUMNS,
        *ADOPTION_COLUMNS,
        *MONEY_COLUMNS,
        *LAYER_COLUMNS,
        *DATA_COLUMNS,
    )
}
BY_GROUP: dict[Group, tuple[Column, ...]] = {
    group: tuple(column for column in COLUMNS.values() if column.group == group) for group in Group
}
