"""Driving runs as the queue does, on a clock that jumps to the next step instead of waiting."""

from django.db import connection

from projects.models import Category, Item, ItemRepository, Repository, Subcategory
from sources.importers.github.access import Access, connected
from sources.importers.github.runs import nightly_repositories, open_run
from sources.importers.github.steps import drive
from sources.models import MetricsRun, RunKind

MOST_STEPS = 2000
COUNTS = (
    "stars",
    "forks",
    "open_issues",
    "closed_issues",
    "open_pull_requests",
    "merged_pull_requests",
    "closed_pull_requests",
    "releases",
    "commits_30d",
)


def database_url():
    """Return where another process finds the test's database."""
    database = connection.settings_dict
    host, port = database["HOST"].replace("/", "%2F"), f":{database['PORT']}" if database["PORT"] else ""
    return f"postgresql://{database['USER']}:{database['PASSWORD']}@{host}{port}/{database['NAME']}"


def list_world(world):
    """Have one card name each repository of the world."""
    category, _ = Category.objects.get_or_create(slug="c", defaults={"name": "C", "position": 0})
    place, _ = Subcategory.objects.get_or_create(slug="s", defaults={"name": "S", "position": 0, "category": category})
    for number, one in enumerate(world):
        list_repository(one.full_name, slug=f"item-{number}", place=place)


def list_repository(full_name, *, slug, place=None):
    place = place or Subcategory.objects.get()
    card = Item.objects.create(slug=slug, name=slug, kind="product", subcategory=place)
    row = Repository.objects.create(url=f"https://github.com/{full_name}", host="github.com", full_name=full_name)
    ItemRepository.objects.create(item=card, repository=row, is_primary=True)
    return row


def counts(snapshot):
    return {name: getattr(snapshot, name) for name in COUNTS}


class Nights:
    """The runs of one worker on a virtual clock."""

    def __init__(self, fake, clock, **access):
        self.fake = fake
        self.clock = clock
        self.access = Access(token=fake.token, api_url=fake.url, **access)

    def connected(self):
        return connected(self.access, clock=self.clock, sleep=self.clock.sleep)

    def open(self, kind=RunKind.NIGHTLY, repositories=None):
        repositories = nightly_repositories() if repositories is None else repositories
        return open_run(kind=kind, repositories=repositories, now=self.clock())[0]

    def finish(self, run):
        with self.connected() as github:
            for _ in range(MOST_STEPS):
                onward = drive(run.pk, github)
                if onward is None:
                    return MetricsRun.objects.get(pk=run.pk)
                self.clock.advance_to(onward.at)
        raise AssertionError("The run never ends.")

    def night(self):
        """Measure everything once, as one night does."""
        return self.finish(self.open())

    def next_night(self):
        self.clock.advance(days=1)
        return self.night()

    def truth(self, one):
        """What the fake says of a repository today, as a snapshot holds it."""
        told = self.fake.world.truth(one, self.clock().date())
        return {name: told[name] for name in COUNTS}

    def row(self, one):
        """The repository in the database that stands for one of the fake's."""
        return Repository.objects.get(github_id=one.database_id)

    def repositories(self):
        return list(self.fake.world)
