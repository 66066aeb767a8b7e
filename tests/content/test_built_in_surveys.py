"""The surveyed adoption that a fresh install shows: golden figures, joined to their items and stars."""

from datetime import UTC, datetime

import pytest
from django.conf import settings

from market.adoption import first_survey, read_adoption
from market.adoption_and_attention import comparable_years, read_attention
from market.adoption_ranks import pipeline, ranking
from market.models import SurveyFigure
from metrics.formulas.s_curve import NotFitted
from sources.importers.content_load import load_content

CONTENT = settings.BASE_DIR / "content"


@pytest.mark.django_db
def test_a_fresh_install_shows_surveyed_adoption():
    load_content(CONTENT, now=datetime(2026, 8, 8, tzinfo=UTC))
    adoption = read_adoption(first_survey())
    curves = {curve.name: curve for curve in adoption.curves}
    assert (adoption.years, adoption.break_years) == ([2018, 2019, 2020, 2021, 2022], {2022})

    percents = {
        name: [round(point.production.share * 100) for point in curves[name].points.values()]
        for name in ("Kubernetes", "Prometheus", "Helm", "containerd", "Envoy", "Linkerd", "Argo", "TiKV")
    }
    assert percents == {
        "Kubernetes": [57, 76, 83, 80, 56],
        "Prometheus": [38, 60, 69, 65, 41],
        "Helm": [29, 55, 57, 61, 43],
        "containerd": [14, 27, 36, 46, 42],
        "Envoy": [7, 17, 24, 22, 25],
        "Linkerd": [3, 6, 11, 20, 18],
        "Argo": [10, 22, 26],
        "TiKV": [1, 1, 2, 8],
    }
    assert {len(curve.segments) for curve in curves.values() if 2022 in curve.points and len(curve.points) > 1} == {2}
    assert all(isinstance(curve.s_curve, NotFitted) for curve in curves.values())

    assert [rank.curve.name for rank in ranking(adoption, 2020)][:3] == ["Kubernetes", "Prometheus", "etcd"]
    # All forty of 2019 but rkt, which was archived by then.
    assert (len(pipeline(adoption, 2020)), pipeline(adoption, 2022)) == (39, [])
    assert 2020 not in curves["rkt"].points

    # Used more than talked about in 2020, by the stars that the landscape published.
    assert comparable_years(adoption) == [2018, 2019, 2020]
    attention = read_attention(adoption, 2020)
    residuals = {one.curve.name: one for one in attention.standings}
    assert (attention.asked, len(residuals), attention.other_base) == (1065, 48, 0)
    assert (residuals["CoreDNS"].stars.stars, round(residuals["CoreDNS"].residual, 2)) == (6699, 0.27)
    assert residuals["etcd"].residual > 0.2
    assert residuals["Vitess"].residual < -0.2

    # What no item of the built-in data is: two projects that were never hosted.
    unlinked = SurveyFigure.objects.of_questions("production", "evaluating").filter(item=None)
    assert set(unlinked.values_list("subject", flat=True)) == {"Heron", "Zipkin"}
