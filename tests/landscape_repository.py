"""Small landscape repositories for tests, made with git's plumbing: no work tree, a few milliseconds a commit."""

import datetime as dt
import os
import subprocess
from pathlib import Path

import yaml

START = dt.datetime(2020, 1, 1, 12, tzinfo=dt.UTC)


def landscape_text(categories, *, header="landscape:\n"):
    """Give a landscape in CNCF's form (null marker keys, dashes in columns 2, 6 and 10).

    ``categories``: ``{category: {subcategory: [item, ...]}}``; an item is its name or a mapping.
    """
    lines = [header]
    for category, subcategories in categories.items():
        lines += ["  - category:\n", f"    name: {_scalar(category)}\n", "    subcategories:\n"]
        for subcategory, items in subcategories.items():
            lines += ["      - subcategory:\n", f"        name: {_scalar(subcategory)}\n", "        items:\n"]
            lines += map(item_text, items)
    return "".join(lines)


def item_text(item, *, column=10):
    """Give one item with its marker line; a bare name gets a homepage and a logo."""
    if isinstance(item, str):
        item = {"name": item, "homepage_url": f"https://{item.lower()}.example", "logo": f"{item.lower()}.svg"}
    body = yaml.safe_dump(item, sort_keys=False, allow_unicode=True, width=10_000)
    indented = "".join(" " * (column + 2) + line for line in body.splitlines(keepends=True))
    return " " * column + "- item:\n" + indented


def _scalar(text):
    return yaml.safe_dump(text, allow_unicode=True, width=10_000).removesuffix("...\n").strip()


class LandscapeRepository:
    """A repository with one landscape file, built commit by commit.

    Each commit is a minute after the one before unless ``at`` says otherwise; ``commit`` and ``merge`` give its hash.
    """

    def __init__(self, folder, *, file="landscape.yml", branch="master"):
        self.path = Path(folder) / "repository"
        self.file = file
        self.branch = branch
        self.head = ""
        self._next_at = START
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Ada",
            "GIT_AUTHOR_EMAIL": "ada@example.org",
            "GIT_COMMITTER_NAME": "Ada",
            "GIT_COMMITTER_EMAIL": "ada@example.org",
        }
        self.path.mkdir(parents=True)
        self.git("init", "--quiet", f"--initial-branch={branch}")

    def git(self, *arguments, stdin=b"", **environment):
        done = subprocess.run(
            ["git", "-C", str(self.path), *arguments],
            input=stdin,
            capture_output=True,
            check=True,
            env=self._environment | environment,
        )
        return done.stdout.decode().strip()

    def write(self, path, content):
        """Put a file into the next commit; None takes it out."""
        if content is None:
            self.git("update-index", "--force-remove", path)
            return
        blob = self.git("hash-object", "-w", "--stdin", stdin=_bytes(content))
        self.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")

    def commit(self, landscape, *, at=None, message="Update the landscape", parents=None):
        """Commit a landscape: a mapping for ``landscape_text``, text or bytes as they are, None to delete the file."""
        self.write(self.file, landscape)
        return self.commit_files(at=at, message=message, parents=parents)

    def commit_files(self, *, at=None, message="Update", parents=None):
        """Commit what was written, and move the branch there."""
        parents = [self.head] * bool(self.head) if parents is None else parents
        at = self._next_at if at is None else at
        self._next_at = at + dt.timedelta(minutes=1)
        instant = f"@{int(at.timestamp())} +0000"
        tree = self.git("write-tree")
        options = [option for parent in parents for option in ("-p", parent)]
        self.head = self.git(
            "commit-tree", tree, *options, "-m", message, GIT_AUTHOR_DATE=instant, GIT_COMMITTER_DATE=instant
        )
        self.git("update-ref", f"refs/heads/{self.branch}", self.head)
        return self.head

    def merge(self, first, second, landscape, *, message="Merge branch 'master' of github.com:acme/landscape", at=None):
        """Commit a merge of two commits."""
        return self.commit(landscape, at=at, message=message, parents=[first, second])

    def bundle(self, target):
        """Write the branch into a bundle, and give its path."""
        self.git("bundle", "create", "--quiet", str(target), self.branch)
        return target


def _bytes(content):
    if isinstance(content, dict):
        content = landscape_text(content)
    return content.encode() if isinstance(content, str) else content
