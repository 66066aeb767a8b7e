import datetime as dt
import json

import pytest

from projects.models import ItemPeriod
from sources.clients.landscape_cards import Card, Placement, RepositoryLink, Stage
from sources.importers.card_columns import card_of, period_columns

FULL = Card(
    name="Argo",
    homepage_url="https://argo.example",
    logo="argo.svg",
    repository_url="https://github.com/argoproj/argo",
    maturity="graduated",
    crunchbase_permalink="cncf",
    organization_name="Argo People",
    description="Several\nlines, 中文",
    license="Apache-2.0",
    is_open_source=True,
    joined_on=dt.date(2020, 4, 7),
    stages=(Stage("accepted", dt.date(2020, 4, 7)), Stage("graduated", dt.date(2022, 12, 6))),
    other_placements=(Placement("Wasm", "PaaS/Container"), Placement("Alone", "")),
    additional_repositories=(RepositoryLink("https://github.com/argoproj/argo-cd", "main", ""),),
    links=(("blog_url", "https://blog.example"), ("twitter", "https://twitter.example")),
    extra={"lfx_slug": "argo", "audits": [{"date": "2022-01-01"}], "allow_duplicate_repo": True},
    unknown_keys=("extra.ai",),
)


@pytest.mark.parametrize("card", [FULL, Card("Bare"), Card("Closed", is_open_source=False)])
def test_a_period_gives_its_card_back(card):
    columns = period_columns(card)
    stored = {**columns, "extra": json.loads(json.dumps(columns["extra"]))}
    assert card_of(ItemPeriod(**stored)) == card
