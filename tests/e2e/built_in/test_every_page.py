"""One page of each family, in both languages: themes, rules of accessibility, phones, and what the console says."""

import pytest

PAGES = [
    "?size=stars",
    "items/kubernetes/",
    "items/kubernetes/curves/",
    "items/kubernetes/ladder/",
    "table/?set=momentum",
    "categories/runtime/",
    "trends/",
    "momentum/",
    "momentum/?list=entrants",
    "ladder/",
    "ladder/projects/",
    "vendor-control/",
    "layers/",
    "layers/investment-layers/",
    "layers/investment-layers/application/",
    "layers/trail-map/",
    "layers/security-4c/",
    "funding/",
    "funding/graph/",
    "exits/",
    "investors/",
    "organizations/docker/",
    "organizations/index-ventures/",
    "adoption/",
    "adoption/attention/",
    "adoption/surveys/",
    "adoption/shares/",
    "screener/?set=money",
    "screener/definitions/",
    "compare/?item=linkerd&item=istio",
    "china/",
    "knowledge/",
    "knowledge/trail-map/ci-cd/",
    "questions/",
    "questions/why-cloud-native/",
    "concepts/",
    "concepts/service-mesh/",
    "comparisons/",
    "comparisons/gateway-and-mesh/",
    "timeline/",
    "forecasts/",
    "insights/lessons/",
    "essay/",
    "glossary/",
    "search/?q=mesh",
    "quality/",
    "quality/measuring/",
    "cite/?page=/momentum/&figure=Momentum",
]
# Rows of a kind are alike: the first ones of each list say what all of them break, in a tenth of the time.
SHORTEN = """() => document.querySelectorAll("main :is(tbody, ul, ol, dl, svg, svg g)").forEach(
    (list) => [...list.children].slice(12).forEach((child) => child.remove()))"""


@pytest.mark.parametrize(("language", "scheme"), [("/", "light"), ("/zh-hans/", "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_page_fits_a_phone_and_breaks_no_serious_rule(new_page, violations, path, language, scheme):
    page = new_page(language + path, color_scheme=scheme, viewport={"width": 390, "height": 800})
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.evaluate(SHORTEN)
    page.set_viewport_size({"width": 1440, "height": 900})
    assert violations(page) == []
