"""Lists and labels carry the signs of the reader's language."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from web.templatetags.punctuation import listed

NAMES = Template(
    "{% load punctuation %}{% for name in names %}{{ name }}{% if not forloop.last %}{% between_names %}{% endif %}{% endfor %}"
)
LABELLED = Template(
    '{% load punctuation %}{{ label }}{% sign ": " %}{{ one }}{% sign ", " %}{{ two }}{% sign "; " %}{{ one }}{% sign ". " %}{{ label }}:{% sign " " %}{{ two }}'
)


@pytest.mark.parametrize(("language", "expected"), [("en", "Tencent, Temasek"), ("zh-hans", "Tencent、Temasek")])
def test_a_list_has_the_signs_of_its_language(language, expected):
    names = ["Tencent", "Temasek"]

    with override(language):
        assert NAMES.render(Context({"names": names})) == expected
        assert listed(names) == expected


@pytest.mark.parametrize(("language", "expected"), [("en", "a: b, c; b. a: c"), ("zh-hans", "a：b，c；b。a:c")])
def test_labels_and_clauses_have_the_signs_of_their_language(language, expected):
    with override(language):
        assert LABELLED.render(Context({"label": "a", "one": "b", "two": "c"})) == expected


def test_an_empty_list_is_nothing():
    assert listed([]) == ""
