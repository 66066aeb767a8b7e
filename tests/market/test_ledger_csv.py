"""Ledger files: what they store, and every mistake with its line and column."""

import csv
import io
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection

from market.ledger_csv import LedgerFileError, template_text
from market.ledger_import import import_ledger
from market.models import Acquisition, Citation, FundingRound, Listing, Valuation
from projects.models import Source
from tests.market.ledger import company

pytestmark = pytest.mark.django_db

ROUND = {
    "fact": "round",
    "slug": "acme-a",
    "organization": "acme",
    "date": "2019-Q3",
    "series": "a",
    "amount": "10,000,000",
    "currency": "USD",
    "investors": "fund bank",
    "leads": "fund",
    "source_url": "https://acme.example/a",
    "source_title": "We raised",
    "retrieved_on": "2024-02-03",
    "quote": "ten million",
}


@pytest.fixture(autouse=True)
def _organizations():
    for name in ("Acme", "Fund", "Bank"):
        company(name)


def file_of(*rows):
    out = io.StringIO()
    columns = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def mistakes(content):
    with pytest.raises(LedgerFileError) as caught:
        import_ledger(content)
    return [(each.line, each.column, each.sentence) for each in caught.value.mistakes]


def test_a_round_is_stored_with_investors_and_source():
    imported = import_ledger(file_of(ROUND))
    assert (imported.facts, imported.citations, imported.is_stored) == (1, 0, True)
    row = FundingRound.objects.get()
    assert (row.slug, row.announced_on.isoformat(), row.date_precision) == ("acme-a", "2019-07-01", "quarter")
    assert (row.amount, row.currency, row.amount_usd, row.confidence) == (10_000_000, "USD", 10_000_000, "reported")
    assert sorted(row.investments.values_list("investor__slug", "is_lead")) == [("bank", None), ("fund", True)]
    assert (row.citations.get().quote, Source.objects.get().title) == ("ten million", "We raised")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_all_kinds_of_facts_and_a_contradicting_source_are_stored():
    cited = {name: ROUND[name] for name in ("source_url", "retrieved_on", "quote")}
    import_ledger(
        file_of(
            ROUND,
            {"fact": "acquisition", "organization": "acme", "date": "2021", "acquirer": "bank", "undisclosed": "yes", **cited},
            {"fact": "listing", "organization": "bank", "date": "2020-05-06", "exchange": "NYSE", "amount": "5", "currency": "USD", **cited},
            {"fact": "valuation", "organization": "acme", "date": "2020", "kind": "claim", **cited},
            {"fact": "citation", "slug": "acme-a", **cited, "source_url": "https://press.example", "stated_amount_usd": "12000000", "stated_date": "2019-08"},
        )
    )  # fmt: skip
    sold = Acquisition.objects.get()
    assert (sold.slug, sold.acquirer.slug, sold.is_undisclosed, sold.kind) == (
        "acme-acquisition-2021", "bank", True, "acquisition",
    )  # fmt: skip
    assert (Listing.objects.get().market_cap_usd, Valuation.objects.get().kind) == (5, "claim")
    other = Citation.objects.get(source__url="https://press.example")
    assert (other.funding_round.slug, other.stated_amount_usd, other.stated_precision) == (
        "acme-a",
        12_000_000,
        "month",
    )


def test_a_trial_writes_nothing():
    assert import_ledger(file_of(ROUND), dry_run=True).is_stored is False
    assert not FundingRound.objects.exists()


def test_the_same_file_again_is_refused_and_changes_nothing():
    import_ledger(file_of(ROUND))
    assert mistakes(file_of(ROUND)) == [(2, "slug", "'acme-a' stands already.")]
    assert FundingRound.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"date": "2019-02-30"}, "date", "is no date"),
        ({"date": ""}, "date", "the cell is empty."),
        ({"amount": "-5"}, "amount", "more than 0"),
        ({"amount": "0"}, "amount", "more than 0"),
        ({"amount": "NaN"}, "amount", "more than 0"),
        ({"amount": "1e99"}, "amount", "too large"),
        ({"amount": "ten"}, "amount", "is no number"),
        ({"currency": "XXQ"}, "currency", "ISO 4217"),
        ({"currency": ""}, "currency", "an amount has a currency"),
        ({"currency": "CNY"}, "amount_usd", "no rate is assumed"),
        ({"amount_usd": "7"}, "amount_usd", "no other amount"),
        ({"organization": "nobody"}, "organization", "no organization 'nobody'"),
        ({"investors": "fund nobody"}, "investors", "no organization 'nobody'"),
        ({"investors": "fund fund"}, "investors", "stands twice"),
        ({"leads": "acme"}, "leads", "among the investors"),
        ({"series": "z"}, "series", "is not known"),
        ({"undisclosed": "yes"}, "undisclosed", "not undisclosed"),
        ({"undisclosed": "maybe"}, "undisclosed", "yes or no"),
        ({"source_url": ""}, "source_url", "the cell is empty."),
        ({"source_url": "acme"}, "source_url", "is no address"),
        ({"retrieved_on": ""}, "retrieved_on", "the cell is empty."),
        ({"retrieved_on": "yesterday"}, "retrieved_on", "is no day"),
        ({"quote": ""}, "quote", "name the place"),
        ({"acquirer": "bank"}, "acquirer", "has no such cell"),
        ({"slug": "Acme A"}, "slug", "is no slug"),
        ({"fact": ""}, "fact", "the cell is empty."),
        ({"fact": "citation", "slug": "nothing"}, "organization", "has no such cell"),
    ],
)
def test_a_bad_cell_is_named_with_line_and_column(change, column, words):
    good = {**ROUND, "slug": "acme-b"}
    found = mistakes(file_of(good, {**ROUND, **change}))
    assert {line for line, _column, _sentence in found} == {3}
    assert [sentence for _line, name, sentence in found if name == column and words in sentence]
    assert not FundingRound.objects.exists()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"fact,source_url,retrieved_on,colour\n", (1, "colour", "there is no such column.")),
        (b"fact,fact,source_url,retrieved_on\n", (1, "fact", "the column stands twice.")),
        (b"fact,source_url\n", (1, "retrieved_on", "the column is missing.")),
        (b"", (1, "fact", "the column is missing.")),
        (b"fact,source_url,retrieved_on\nround\n", (2, "", "1 cells stand under 3 columns.")),
        (b"fact,source_url,retrieved_on\n\xff\xfe", (2, "", "the file is not UTF-8.")),
        (b'fact,source_url,retrieved_on\n"x"y,1,2\n', (2, "", "the line is no CSV.")),
        (b"x" * (5 * 1024 * 1024 + 1), (1, "", "the file is larger than 5 MB.")),
    ],
)
def test_a_bad_file_is_refused(content, expected):
    assert expected in mistakes(content)


def test_an_empty_file_with_its_header_stores_nothing():
    assert import_ledger(template_text().encode()).facts == 0


def test_lines_are_counted_over_cells_of_many_lines():
    assert mistakes(file_of({**ROUND, "note": "one\ntwo", "slug": "x"}, {**ROUND, "series": "z"}))[0][0] == 4


def test_the_command_imports_and_tells_every_mistake(tmp_path):
    path = tmp_path / "rounds.csv"
    path.write_bytes(file_of({**ROUND, "series": "z", "currency": "XXQ"}))
    with pytest.raises(CommandError, match=r"(?s)rounds\.csv, line 2, series: .*rounds\.csv, line 2, currency: "):
        call_command("import_funding", path)
    path.write_bytes(file_of(ROUND))
    for options, words in ((["--dry-run"], "Would import 1 facts"), ([], "Imported 1 facts")):
        out = StringIO()
        call_command("import_funding", str(path), *options, stdout=out)
        assert words in out.getvalue()
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_funding", tmp_path / "none.csv")


def test_the_admin_takes_a_file_and_lists_its_mistakes(admin_client):
    page = admin_client.get("/admin/market/fundinground/import/")
    assert page.status_code == 200
    assert b"import/template.csv" in page.content
    assert admin_client.get("/admin/market/fundinground/import/template.csv").content.startswith(
        b"fact,slug,organization"
    )

    def upload(content):
        data = {"file": SimpleUploadedFile("rounds.csv", content)}
        return admin_client.post("/admin/market/fundinground/import/", data).content.decode()

    assert "line 2, series: &#x27;z&#x27; is not known" in upload(file_of({**ROUND, "series": "z"}))
    assert not FundingRound.objects.exists()
    assert "Stored: 1 facts" in upload(file_of(ROUND))
    assert FundingRound.objects.get().slug == "acme-a"


def test_readers_may_not_upload(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    assert client.get("/admin/market/fundinground/import/").status_code == 403


def test_the_admin_asks_for_a_source_and_a_known_currency(admin_client):
    form = {
        "slug": "acme-b",
        "organization": company("Acme").pk,
        "announced_on": "2019-05-06",
        "date_precision": "year",
        "series": "b",
        "confidence": "reported",
        "amount": "5",
        "currency": "USD",
        "amount_qualifier": "exact",
        "raised_to_date_qualifier": "exact",
        "investments-TOTAL_FORMS": "0",
        "investments-INITIAL_FORMS": "0",
        "citations-TOTAL_FORMS": "1",
        "citations-INITIAL_FORMS": "0",
    }
    assert admin_client.post("/admin/market/fundinground/add/", form).status_code == 200
    cited = {
        "source": Source.objects.create(url="https://a.example", title="A").pk,
        "page": "1",
        "retrieved_on": "2024-01-02",
    }
    form |= {f"citations-0-{name}": value for name, value in cited.items()}
    assert admin_client.post("/admin/market/fundinground/add/", {**form, "currency": "XXQ"}).status_code == 200
    assert admin_client.post("/admin/market/fundinground/add/", {**form, "currency": "EUR"}).status_code == 200
    assert admin_client.post("/admin/market/fundinground/add/", form).status_code == 302
    row = FundingRound.objects.get()
    assert (row.announced_on.isoformat(), row.amount_usd) == ("2019-01-01", 5)
