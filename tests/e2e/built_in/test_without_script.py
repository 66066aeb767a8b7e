"""Every page stands without script: its content, its figures, its forms and the links that script only eases."""

import pytest


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/items/kubernetes/curves/", "svg.chart"),
        ("/momentum/", "main table tbody tr"),
        ("/ladder/", "svg"),
        ("/vendor-control/", "main table tbody tr"),
        ("/layers/investment-layers/", "#treemap svg a"),
        ("/funding/", "main table tbody tr"),
        ("/funding/graph/", "main svg"),
        ("/exits/", "main table tbody tr"),
        ("/investors/", "main a"),
        ("/adoption/", "svg"),
        ("/concepts/service-mesh/", ".prose a"),
        ("/timeline/", "main li time"),
        ("/essay/", "tr.entry"),
    ],
)
def test_content_stands_without_script(new_page, path, content):
    page = new_page(path, java_script_enabled=False)
    assert page.locator(content).filter(visible=True).count() > 0


def test_forms_answer_without_script(new_page):
    page = new_page("/table/", java_script_enabled=False)
    page.locator("#id_q").fill("cilium")
    page.locator("#table-form button[type=submit]").first.click()
    assert page.locator(".item-table tbody th").all_inner_texts() == ["Cilium"]

    page.goto("/")
    page.get_by_label("Size by").select_option("stars")
    page.get_by_role("button", name="Apply").click()
    assert "size=stars" in page.url

    page.goto("/search/")
    page.locator("#id_q").fill("servicemesh")
    page.locator("main form button[type=submit]").click()
    assert page.locator("#search-results a[href='/concepts/service-mesh/']").count() > 0

    page.goto("/momentum/")
    page.get_by_label("Maturity").select_option("graduated")
    page.locator("main form button[type=submit]").first.click()
    assert "maturity=graduated" in page.url
