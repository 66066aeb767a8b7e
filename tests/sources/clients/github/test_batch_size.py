"""Batches shrink at once and grow back carefully."""

from random import Random

from sources.clients.github import BatchSize


def sizes_after(size, outcomes):
    """The sizes that follow a batch of full size for each outcome: h(eavy) or c(lean)."""
    seen = []
    for outcome in outcomes:
        size = size.after(is_too_heavy=outcome == "h", asked=size.current)
        seen.append(size.current)
    return seen


def requests_for(repositories, *, chance=0.0, above=1000):
    """The requests, and the failed ones among them, until every repository is answered."""
    random, size, requests, failures = Random(7), BatchSize(), 0, 0
    while repositories:
        asked = min(size.current, repositories)
        is_too_heavy = asked > above or random.random() < chance
        repositories -= 0 if is_too_heavy else asked
        requests, failures = requests + 1, failures + is_too_heavy
        size = size.after(is_too_heavy=is_too_heavy, asked=asked)
    return requests, failures


def test_a_heavy_batch_halves_the_size_down_to_one():
    assert sizes_after(BatchSize(), "hhhhhhh") == [25, 12, 6, 3, 1, 1, 1]


def test_a_heavy_rest_halves_what_was_asked():
    assert BatchSize(current=40).after(is_too_heavy=True, asked=10).current == 5


def test_a_failure_below_a_proven_size_is_chance_and_soon_forgotten():
    assert sizes_after(BatchSize(proven=50), "hcchcc") == [25, 25, 38, 19, 19, 29]
    assert sizes_after(BatchSize(current=40, proven=50, clean=1), "hcc") == [20, 20, 40]


def test_growth_beyond_what_is_proven_waits_longer_after_each_failure():
    once = BatchSize(current=20, proven=20)

    assert sizes_after(once, "cc") == [20, 30]
    assert sizes_after(once, "cch" + "cc" + "cccc") == [20, 30, 15, 15, 20, 20, 20, 20, 30]


def test_it_never_grows_beyond_the_largest():
    assert set(sizes_after(BatchSize(current=49), "c" * 100)) == {49, 50}


def test_a_small_rest_proves_nothing_about_larger_batches():
    size = BatchSize(current=20)
    for _ in range(50):
        size = size.after(is_too_heavy=False, asked=3)

    assert (size.current, size.proven) == (20, 0)


def test_a_night_needs_few_requests_whatever_fails():
    assert requests_for(10_000) == (200, 0)
    by_chance, by_size = requests_for(10_000, chance=0.05), requests_for(10_000, above=20)

    assert by_chance[0] < 300
    assert by_size[0] < 700
    assert by_size[1] < 60
