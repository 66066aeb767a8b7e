"""Loading surveys: idempotent, edits kept, mistakes leave nothing, and out as they came in."""

import shutil
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Max

from market.models import Survey, SurveyFigure, SurveyWave
from projects.data_version import current_data_version
from projects.models import Source
from sources.clients.content_yaml import ContentError
from sources.importers.content_load import load_content
from sources.importers.curated import Merge
from sources.importers.surveys_export import export_surveys
from sources.importers.surveys_load import load_surveys
from sources.models import ContentEntry
from tests.web.catalogue import item

pytestmark = pytest.mark.django_db

CONTENT = settings.BASE_DIR / "content"


@pytest.fixture
def content(tmp_path):
    for name in ("schema", "surveys"):
        shutil.copytree(CONTENT / name, tmp_path / name)
    return tmp_path


def load(root):
    with transaction.atomic():
        merge = Merge.begin()
        load_surveys(root, merge)
        merge.remember()
    return merge


def change(root, old, new, name="cncf.csv"):
    path = root / "surveys" / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def figure(subject="Helm", year=2020, question="production"):
    return SurveyFigure.objects.get(subject=subject, wave__year=year, question=question)


def test_the_built_in_survey_goes_in_and_comes_out_the_same(content):
    helm = item("Helm")
    load(content)
    assert figure().item == helm
    assert (figure().share, figure().base_zh) == (Decimal("0.57089"), "占被问及该项目者")
    assert figure("Production", 2020, "container_use").source.url.startswith("https://www.cncf.io/blog/2020/11/17/")
    assert SurveyWave.objects.get(year=2022).break_reason
    assert SurveyFigure.objects.count() == 2 * 262 + 9
    assert export_surveys(content) == 0


def test_again_writes_nothing(content, django_assert_max_num_queries):
    load(content)
    newest, version = SurveyFigure.objects.aggregate(newest=Max("pk")), current_data_version()
    with django_assert_max_num_queries(20):
        assert load(content).kept == 0
    assert SurveyFigure.objects.aggregate(newest=Max("pk")) == newest
    assert current_data_version() == version


def test_what_the_files_change_is_changed_and_what_they_drop_goes(content):
    load(content)
    change(content, "2020,production,Helm,,608,1065,,asked,", "2020,production,Helm,,609,1065,,asked,")
    change(content, "2020,evaluating,Helm,", "2020,evaluating,Helmsman,")
    change(content, "title: Cloud Native Survey 2020, raw answers", "title: Survey of 2020", "cncf.yaml")
    load(content)
    assert (figure().answered, figure().share) == (609, Decimal("0.57183"))
    assert not SurveyFigure.objects.filter(subject="Helm", wave__year=2020, question="evaluating").exists()
    assert figure("Helmsman", question="evaluating").answered
    assert Source.objects.filter(title="Survey of 2020").exists()


def test_edits_and_removals_are_kept_and_exported(content):
    load(content)
    edited = figure()
    edited.answered, edited.asked, edited.share = 600, 1065, Decimal("0.56338")
    edited.save()
    Survey.objects.update(summary_zh="改过")
    figure(question="evaluating").delete()
    added = SurveyWave.objects.get(year=2020)
    SurveyFigure.objects.create(
        wave=added, question="challenge", subject="Culture", share=Decimal("0.41"), base="of all", source=Source.objects.create(
            url="https://example.org/report", title="A report"
        )
    )  # fmt: skip
    change(content, "2020,production,Envoy,", "2020,production,Envoy proxy,")
    merge = load(content)
    assert merge.kept == 4
    assert figure().answered == 600
    assert not SurveyFigure.objects.filter(subject="Helm", wave__year=2020, question="evaluating").exists()

    assert export_surveys(content) == 2
    text = (content / "surveys" / "cncf.csv").read_text()
    assert "2020,production,Helm,,600,1065,,asked,\n" in text
    assert "2020,challenge,Culture,,,,0.41,of-all,a-report\n" in text
    assert "summary_zh: 改过\n" in (content / "surveys" / "cncf.yaml").read_text()
    SurveyFigure.objects.all().delete()
    Survey.objects.all().delete()
    ContentEntry.objects.all().delete()
    load(content)
    assert (figure().answered, figure("Culture", question="challenge").base) == (600, "of all")


def test_figures_whose_edit_stands_are_not_withdrawn(content):
    load(content)
    SurveyFigure.objects.filter(pk=figure().pk).update(share=Decimal("0.5"), answered=500, asked=1000)
    change(content, "2020,production,Helm,,608,1065,,asked,\n", "")
    assert load(content).kept == 1
    assert figure().answered == 500


def test_a_survey_that_was_removed_stays_away(content):
    load(content)
    Survey.objects.all().delete()
    load(content)
    assert not Survey.objects.exists()


def test_a_mistake_leaves_nothing(tmp_path):
    root = tmp_path / "content"
    shutil.copytree(CONTENT, root, ignore=shutil.ignore_patterns("logos"))
    change(root, "2020,production,Helm,,608,1065", "2020,production,Helm,,1608,1065")
    with pytest.raises(ContentError, match=r"cncf\.csv, line \d+: 1608 answers of 1065 asked cannot be"):
        load_content(root, now=datetime(2026, 8, 8, tzinfo=UTC))
    assert not Survey.objects.exists()
    assert not Source.objects.exists()
