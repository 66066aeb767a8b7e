"""A small survey for tests."""

from decimal import Decimal

from market.models import Survey, SurveyFigure, SurveyWave
from projects.models import Source


def survey(slug="cncf", **values):
    defaults = {"name": "CNCF survey", "name_zh": "CNCF 调查", "publisher": "CNCF"}
    return Survey.objects.get_or_create(slug=slug, defaults=defaults | values)[0]


def wave(year, of=None, **values):
    source, _ = Source.objects.get_or_create(
        url=f"https://example.org/survey-{year}", defaults={"title": f"Survey {year}", "licence": "Apache-2.0"}
    )
    return SurveyWave.objects.create(survey=of or survey(), year=year, source=source, **values)


def breaking_wave(year, of=None):
    return wave(year, of, breaks_series=True, break_reason="A new instrument.", break_reason_zh="问卷改版。")


def answer(of, subject, answered, asked=1000, *, question="production", share=None, **values):
    if share is None:
        share = (Decimal(answered) / asked).quantize(Decimal("0.00001"))
    return SurveyFigure.objects.create(
        wave=of, question=question, subject=subject, answered=answered, asked=asked, share=share, **values
    )


def printed(of, question, subject, share, **values):
    return answer(of, subject, None, values.pop("asked", None), question=question, share=Decimal(share), **values)
