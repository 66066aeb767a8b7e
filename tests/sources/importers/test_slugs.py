from sources.importers.slugs import SlugBook


def test_the_plain_slug_is_given_first_then_a_distinction_then_a_number():
    book = SlugBook(["argo"], max_length=200)
    given = [book.give("Argo", "CI/CD", "Platform", fallback="item") for _ in range(4)]
    assert given == ["argo-cicd", "argo-platform", "argo-2", "argo-3"]


def test_names_without_latin_letters_get_a_slug_of_their_own_in_any_order():
    names = ["容器", "云", "!"]
    forwards, backwards = SlugBook([], max_length=200), SlugBook([], max_length=200)
    given = {name: forwards.give(name, fallback="item") for name in names}
    assert given == {name: backwards.give(name, fallback="item") for name in reversed(names)}
    assert given["云"] == "item-32d42b"
    assert forwards.give("云", fallback="item") == "item-32d42b-2"


def test_long_names_fit():
    book = SlugBook([], max_length=60)
    given = [book.give("x" * 300, "y" * 300, fallback="item") for _ in range(3)]
    assert len(set(given)) == 3
    assert max(map(len, given)) <= 60
