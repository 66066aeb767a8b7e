import pytest

from projects.letter_marks import TONES, letter_mark


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Open Policy Agent", "OP"),
        ("OpenFaaS", "OF"),
        ("Kubernetes", "Ku"),
        ("k3s", "K3"),
        ("KEDA", "KE"),
        ("CRI-O", "CO"),
        ("in-toto", "IT"),
        ("The Update Framework (TUF)", "UF"),
        ("Bank of Montreal", "BM"),
        ("3scale", "3s"),
        ("阿里云", "阿"),
        ("灵雀云 Alauda (KCSP)", "灵"),
        ("Élan", "Él"),
        ("ßeta", "ße"),
        ("The", "Th"),
        ("X", "X"),
    ],
)
def test_letters_follow_the_words_of_the_name(name, letters):
    assert letter_mark(name)[0] == letters


@pytest.mark.parametrize(("name", "letters"), [("(KCSP)", "KC"), ("", "?"), ("!!!", "?")])
def test_letters_of_a_name_with_nothing_outside_brackets(name, letters):
    assert letter_mark(name)[0] == letters


def test_twin_cards_wear_the_same_mark():
    assert letter_mark("Dapr (Wasm)") == letter_mark("Dapr")


def test_tone_does_not_change_between_runs():
    # Known values: Python's own hash of a string differs from process to process.
    assert [letter_mark(name)[1] for name in ("Open Policy Agent", "Kubernetes", "阿里云")] == [4, 4, 1]


def test_tones_are_spread_over_all():
    assert {letter_mark(f"Project {number}")[1] for number in range(200)} == set(range(TONES))
