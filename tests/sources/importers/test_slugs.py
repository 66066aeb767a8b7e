from sources.importers.slugs import SlugBook


def test_the_plain_slug_is_given_first_then_a_distinction_then_a_number():
    book = SlugBook(["argo"], max_length=200)
    given = [book.give("Argo", "CI/CD", "Platform", fallback="item") for _ in range(4)]
    assert given == ["argo-cicd", "argo-platform", "argo-2", "argo-3"]


def test_names_without_latin_letters_get_the_fallback():
    book = SlugBook([], max_length=200)
    assert [book.give(name, fallback="item") for name in ("容器", "云", "!")] == ["item", "item-2", "item-3"]


def test_long_names_fit():
    book = SlugBook([], max_length=60)
    given = [book.give("x" * 300, "y" * 300, fallback="item") for _ in range(3)]
    assert len(set(given)) == 3
    assert max(map(len, given)) <= 60
