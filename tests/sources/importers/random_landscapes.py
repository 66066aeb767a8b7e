"""Histories of small landscapes in which everything happens that happened to the real one, by a seed."""

import copy
import datetime as dt
import random

NAMES = ["Argo", "Bento", "Cortex", "Dapr", "Envoy", "Flux", "Gloo", "Harbor", "Istio", "Jaeger", "argo", "Öl", "容器"]
MATURITIES = ["", "", "sandbox", "incubating", "graduated", "archived", "mature"]
SECTIONS = ["Runtime", "Storage", "Service Mesh", "CI/CD", "Observability"]
CATEGORIES = ["Platform", "Wasm", "ACME Members", "Special"]
PERMALINKS = ["", "acme", "globex", "initech"]


class RandomLandscape:
    """A landscape that changes a little with each step."""

    def __init__(self, seed):
        self._random = random.Random(seed)
        self._content = {"Platform": {"Runtime": [], "Storage": []}, "ACME Members": {"Gold": []}}
        self._former = []
        for _ in range(6):
            self._add()

    def steps(self, count):
        """Give ``count`` versions: a mapping for the repository or broken text, and minutes since the one before."""
        for _ in range(count):
            for _ in range(self._random.randint(1, 4)):
                self._random.choice(self._operations)(self)
            minutes = self._random.choice([0, 0, 1, 60, 60 * 24 * 40, -5])
            broken = self._random.random() < 0.08
            yield ("landscape: [" if broken else copy.deepcopy(self._content)), minutes

    def _sections(self):
        return [items for subcategories in self._content.values() for items in subcategories.values()]

    def _pick(self):
        sections = [items for items in self._sections() if items]
        if not sections:
            return None, None
        items = self._random.choice(sections)
        return items, self._random.choice(items)

    def _card(self, name):
        pick = self._random.choice
        card = {"name": name, "homepage_url": f"https://{pick(['x', 'y', 'z'])}.example", "logo": f"{pick('abc')}.svg"}
        if repository := pick(
            ["", "", f"https://github.com/o/{name}", "https://github.com/o/shared", "http://github.com/o"]
        ):
            card["repo_url"] = repository
        if permalink := pick(PERMALINKS):
            card["crunchbase"] = f"https://www.crunchbase.com/organization/{permalink}"
        if maturity := pick(MATURITIES):
            card["project"] = maturity
            card["extra"] = {"accepted": f"2019-0{self._random.randint(1, 9)}-01", "incubating": "2020-03-01"}
        if self._random.random() < 0.2:
            card["second_path"] = [f"{pick(CATEGORIES)} / {pick(SECTIONS)}"]
        if self._random.random() < 0.2:
            card |= {
                "twotter": "x",
                "additional_repos": [{"repo_url": "https://gitlab.com/o/more.git/", "branch": "dev"}],
            }
        return card

    def _add(self):
        items = self._random.choice(self._sections())
        items.insert(self._random.randint(0, len(items)), self._card(self._random.choice(NAMES)))

    def _remove(self):
        items, card = self._pick()
        if card:
            items.remove(card)
            self._former.append(card)

    def _bring_back(self):
        if self._former:
            self._random.choice(self._sections()).append(self._former.pop(self._random.randrange(len(self._former))))

    def _rename(self):
        _, card = self._pick()
        if card:
            card["name"] = self._random.choice(NAMES) + self._random.choice(["", " (Wasm)", " X"])

    def _move(self):
        items, card = self._pick()
        if card:
            items.remove(card)
            self._random.choice(self._sections()).append(card)

    def _twin(self):
        _, card = self._pick()
        if card:
            self._random.choice(self._sections()).append(copy.deepcopy(card))

    def _restate(self):
        _, card = self._pick()
        if card:
            fresh = self._card(card["name"])
            card.clear()
            card.update(fresh)

    def _shuffle(self):
        self._random.shuffle(self._random.choice(self._sections()))

    def _add_section(self):
        subcategories = self._content.setdefault(self._random.choice(CATEGORIES), {})
        subcategories.setdefault(self._random.choice(SECTIONS), [])

    def _rename_section(self):
        category = self._random.choice(list(self._content))
        if self._content[category]:
            old = self._random.choice(list(self._content[category]))
            new = self._random.choice(SECTIONS)
            if new not in self._content[category]:
                self._content[category][new] = self._content[category].pop(old)

    def _rename_category(self):
        old, new = self._random.choice(list(self._content)), self._random.choice(CATEGORIES)
        if new not in self._content:
            self._content[new] = self._content.pop(old)

    def _drop_section(self):
        if len(self._sections()) > 2:
            category = self._random.choice([name for name, sections in self._content.items() if sections])
            self._former += self._content[category].pop(self._random.choice(list(self._content[category])))

    _operations = (
        _add, _add, _remove, _bring_back, _rename, _rename, _move, _twin, _restate, _restate, _shuffle,
        _add_section, _rename_section, _rename_category, _drop_section,
    )  # fmt: skip


def build(repository, seed, count):
    """Commit ``count`` random versions, the last one readable, and give their hashes."""
    landscape = RandomLandscape(seed)
    at = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    commits = []
    content = None
    for version, minutes in landscape.steps(count):
        content = version if isinstance(version, dict) else content
        at += dt.timedelta(minutes=minutes)
        commits.append(repository.commit(version, at=at))
    commits.append(repository.commit(content, at=at))
    return commits
