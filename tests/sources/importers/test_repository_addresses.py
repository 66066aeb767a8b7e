import pytest

from sources.importers.repository_addresses import is_odd, repository_address


@pytest.mark.parametrize(
    ("url", "expected", "odd"),
    [
        ("https://github.com/o/r", "https://github.com/o/r", False),
        ("http://www.GitHub.com/O/R.git/", "https://github.com/O/R", False),
        ("https://github.com/o/r.git", "https://github.com/o/r", False),
        ("github.com/o/r", "https://github.com/o/r", False),
        ("https://github.com/o/r/tree/main/x", "https://github.com/o/r", True),
        ("https://github.com/o", None, True),
        ("https://github.com/orgs/o", None, True),
        ("https://opendev.org/a/b", "https://opendev.org/a/b", False),
        ("https://gitlab.haskell.org/ghc/ghc/", "https://gitlab.haskell.org/ghc/ghc", False),
        ("https://user:secret@gitlab.com/a/b", "https://gitlab.com/a/b", True),
        ("not an address", None, True),
        ("javascript:alert(1)", None, True),
        ("https://[", None, True),
        ("", None, True),
    ],
)
def test_addresses_have_one_form(url, expected, odd):
    address = repository_address(url)
    assert (address and address.url) == expected
    assert is_odd(url) is odd


def test_spellings_share_a_key():
    keys = {repository_address(url).key for url in ("https://github.com/CNCF/X", "http://github.com/cncf/x.git")}
    assert keys == {"https://github.com/cncf/x"}


def test_full_name_is_githubs_form():
    assert repository_address("https://github.com/o/r").full_name == "o/r"
    assert repository_address("https://opendev.org/a/b").full_name == ""
