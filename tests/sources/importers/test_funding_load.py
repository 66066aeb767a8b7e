"""Loading the ledger: with its sources, again without writing, broken files with their line, edits kept."""

import shutil

import pytest
import yaml
from django.conf import settings
from model_bakery import baker

from market.models import Acquisition, Citation, FundingRound, Investment, ReportedFigure
from projects.data_version import current_data_version
from projects.models import Organization, Source
from sources.clients.content_yaml import ContentError
from sources.importers.curated import Merge
from sources.importers.funding_export import export_funding
from sources.importers.funding_load import load_funding
from sources.models import ContentEntry

pytestmark = pytest.mark.django_db(transaction=False)

SOURCES = {
    "release": {"url": "https://acme.example/release", "title": "We raised money", "retrieved_on": "2024-02-03"},
    "press": {"url": "https://press.example/acme", "title": "Acme raised", "retrieved_on": "2024-02-04"},
}
ACME = {
    "organization": "acme",
    "rounds": [
        {
            "slug": "acme-series-a",
            "date": "2019-Q3",
            "series": "a",
            "amount": 10_000_000,
            "currency": "USD",
            "confidence": "disputed",
            "investors": [{"organization": "fund", "lead": True}, {"organization": "bank", "earlier": True}],
            "citations": [
                {"source": "release", "quote": "ten million"},
                {
                    "source": "press",
                    "page": "second paragraph",
                    "stated_amount_usd": 12_000_000,
                    "stated_date": "2019-08",
                },
            ],
        }
    ],
    "acquisitions": [
        {
            "slug": "acme-bank",
            "date": "2021-02-03",
            "acquirer": "bank",
            "undisclosed": True,
            "citations": [{"source": "release", "page": "top"}],
        }
    ],
}


def written(value):
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


@pytest.fixture
def root(tmp_path):
    (tmp_path / "schema").symlink_to(settings.BASE_DIR / "content" / "schema")
    (tmp_path / "funding").mkdir()
    names = {key: {"name": key.title()} for key in ("acme", "bank", "fund")}
    (tmp_path / "organizations.yaml").write_text(written(names))
    (tmp_path / "funding" / "_sources.yaml").write_text(written(SOURCES))
    (tmp_path / "funding" / "acme.yaml").write_text(written(ACME))
    for key in names:
        baker.make(Organization, slug=key, name=key.title())
    return tmp_path


def load(root):
    merge = Merge.begin()
    load_funding(root, merge)
    merge.remember()
    return merge


def rewrite(root, old, new):
    path = root / "funding" / "acme.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_facts_are_stored_with_their_sources(root):
    load(root)
    funding_round = FundingRound.objects.get()
    assert (funding_round.announced_on.isoformat(), funding_round.date_precision) == ("2019-07-01", "quarter")
    assert (funding_round.amount, funding_round.amount_usd) == (10_000_000, 10_000_000)
    parts = Investment.objects.order_by("pk").values_list("investor__slug", "is_lead", "is_earlier_holder")
    assert list(parts) == [("fund", True, False), ("bank", None, True)]
    agreed, other = funding_round.citations.order_by("pk")
    assert (agreed.quote, agreed.stated_amount_usd, agreed.retrieved_on.isoformat()) == (
        "ten million",
        None,
        "2024-02-03",
    )
    assert (other.stated_amount_usd, other.stated_on.isoformat(), other.stated_precision) == (
        12_000_000,
        "2019-08-01",
        "month",
    )
    sale = Acquisition.objects.get()
    assert (sale.acquirer.slug, sale.amount, sale.is_undisclosed) == ("bank", None, True)


def test_again_writes_nothing(root):
    load(root)
    before = current_data_version()
    assert load(root).kept == 0
    assert current_data_version() == before


def test_a_changed_file_changes_what_nobody_edited(root):
    load(root)
    rewrite(root, "amount: 10000000", "amount: 11000000")
    load(root)
    assert FundingRound.objects.get().amount_usd == 11_000_000


def test_an_edit_stays_and_is_counted(root):
    load(root)
    FundingRound.objects.update(amount=9_000_000, amount_usd=9_000_000, note="Checked.")
    Citation.objects.filter(page="second paragraph").update(remark="Read again.")
    rewrite(root, "amount: 10000000", "amount: 11000000")
    rewrite(root, "quote: ten million", "quote: 10 million")
    assert load(root).kept == 3
    funding_round = FundingRound.objects.get()
    assert (funding_round.amount, funding_round.note) == (9_000_000, "Checked.")
    assert [each.remark for each in funding_round.citations.order_by("pk")] == ["", "Read again."]


def test_what_an_analyst_deleted_stays_deleted(root):
    load(root)
    FundingRound.objects.all().delete()
    rewrite(root, "amount: 10000000", "amount: 11000000")
    assert load(root).kept == 1
    assert not FundingRound.objects.exists()


def test_what_the_files_withdraw_is_deleted_unless_edited(root):
    load(root)
    Acquisition.objects.update(note="Ours now.")
    (root / "funding" / "acme.yaml").write_text(written({"organization": "acme"}))
    assert load(root).kept == 1
    assert (FundingRound.objects.count(), Acquisition.objects.count()) == (0, 1)


def test_a_landscape_without_the_organization_lacks_its_money(root):
    Organization.objects.filter(slug="bank").delete()
    load(root)
    assert (FundingRound.objects.count(), Acquisition.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("2019-Q3", "2019-02-30", "funding/acme.yaml, line 4: rounds.0.date: '2019-02-30' is not a 'partial-date'."),
        ("2019-Q3", "2019-Q5", "funding/acme.yaml, line 4: rounds.0.date: '2019-Q5' is not a 'partial-date'."),
        ("amount: 10000000", "amount: -1", "funding/acme.yaml, line 6: rounds.0.amount: -1 is less than or equal to"),
        ("USD", "XXQ", "funding/acme.yaml, line 7: rounds.0.currency: 'XXQ' is not a 'currency'."),
        ("organization: fund", "organization: fnud", "line 10: no organization 'fnud' stands in organizations.yaml."),
        ("source: press", "source: prses", "line 17: 'prses' does not stand in funding/_sources.yaml."),
        ("acquirer: bank", "acquirer: acme", "an organization does not buy itself."),
        ("undisclosed: true", "undisclosed: true\n  amount: 5\n  currency: USD", "an amount that is given is not undisclosed."),
        ("organization: bank", "organization: fund", "an investor stands twice in one round."),
        ("slug: acme-series-a", "slug: Acme", "does not match"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_and_line(root, old, new, sentence):
    rewrite(root, old, new)
    with pytest.raises(ContentError) as caught:
        load(root)
    assert sentence in str(caught.value)


def test_a_fact_without_citation_is_refused(root):
    path = root / "funding" / "acme.yaml"
    path.write_text(written({**ACME, "rounds": [{**ACME["rounds"][0], "citations": []}]}))
    with pytest.raises(ContentError, match=r"rounds\.0\.citations"):
        load(root)


def test_export_gives_back_what_was_read(root):
    load(root)
    export_funding(root)
    assert export_funding(root) == 0
    assert yaml.safe_load((root / "funding" / "acme.yaml").read_text()) == ACME
    assert load(root).kept == 0


def test_export_keeps_what_the_database_never_stored(root):
    Organization.objects.filter(slug="fund").delete()
    load(root)
    assert (FundingRound.objects.count(), Acquisition.objects.count()) == (0, 1)
    Acquisition.objects.update(note="Checked.")
    export_funding(root)
    assert export_funding(root) == 0
    (sale,) = ACME["acquisitions"]
    expected = {**sale, "note": "Checked."}
    after = yaml.safe_load((root / "funding" / "acme.yaml").read_text())
    assert after == {**ACME, "acquisitions": [expected]}
    Acquisition.objects.all().delete()
    Organization.objects.all().delete()
    ContentEntry.objects.all().delete()
    assert export_funding(root) == 0


def test_export_takes_out_what_an_analyst_deleted(root):
    load(root)
    FundingRound.objects.all().delete()
    export_funding(root)
    assert yaml.safe_load((root / "funding" / "acme.yaml").read_text()) == {
        key: value for key, value in ACME.items() if key != "rounds"
    }
    assert list(yaml.safe_load((root / "funding" / "_sources.yaml").read_text())) == ["release"]
    Acquisition.objects.all().delete()
    export_funding(root)
    assert not (root / "funding" / "acme.yaml").exists()


def test_export_writes_an_analysts_row_and_its_organization(root):
    load(root)
    baker.make(Organization, slug="newco", name="Newco", country="DE")
    row = baker.make(
        ReportedFigure,
        organization=Organization.objects.get(slug="newco"),
        slug="newco-customers",
        metric="customers",
        value=12,
        date_precision="year",
        stated_on="2023-01-01",
    )
    source = baker.make(Source, url="https://newco.example", title="Newco", retrieved_on=None)
    baker.make(Citation, reported_figure=row, source=source, quote="12 customers", retrieved_on="2024-05-06")
    export_funding(root)
    assert yaml.safe_load((root / "organizations.yaml").read_text())["newco"] == {
        "name": "Newco",
        "country": "DE",
        "permalink": False,
    }
    FundingRound.objects.all().delete()
    Acquisition.objects.all().delete()
    ReportedFigure.objects.all().delete()
    Merge.begin().remember()
    load(root)
    assert ReportedFigure.objects.get().citations.get().quote == "12 customers"


def test_the_built_in_ledger_is_in_the_form_that_export_writes(tmp_path):
    """Every organization known, every doubtful fact marked, nothing lost on the way through the database."""
    content = settings.BASE_DIR / "content"
    for name in ("funding", "schema"):
        shutil.copytree(content / name, tmp_path / name)
    shutil.copy(content / "organizations.yaml", tmp_path)
    for key in yaml.safe_load((content / "organizations.yaml").read_text()):
        baker.make(Organization, slug=key.lower().replace("%", "-")[:100], permalink=key, name=key)
    baker.make("projects.Item", slug="kong", name="Kong")
    load(tmp_path)
    assert essay_ids_of(FundingRound) == {f"F-{number:02}" for number in range(1, 15)}
    assert essay_ids_of(Acquisition) == {f"A-{number:02}" for number in range(1, 9)}
    assert set(ReportedFigure.objects.values_list("essay_id", flat=True)) == {f"R-{n:02}" for n in range(1, 13)}
    disputed = Acquisition.objects.filter(confidence="disputed").prefetch_related("citations")
    assert {row.essay_id for row in disputed} == {"A-01", "A-04", "A-05", "A-06"}
    for row in disputed:
        essay, *better = row.citations.order_by("pk")
        assert essay.stated_amount_usd or essay.stated_on
        assert all(one.stated_amount_usd is None for one in better)
    assert Acquisition.objects.get(slug="apigee-google").amount_usd == 625_000_000
    assert export_funding(tmp_path) == 0


def essay_ids_of(model):
    return set(model.objects.exclude(essay_id="").values_list("essay_id", flat=True))
