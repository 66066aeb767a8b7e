"""Measures nights against the fake GitHub: requests, points, seconds and queries for 1,000 and 10,000 repositories.

    DATABASE_URL=... python -m benchmarks.nightly_run [--repositories 1000 10000] [--faults bad_gateway=0.02]

DATABASE_URL names a migrated database without repositories, e.g. a fresh one; what is written there stays. Two nights a
size: the first asks by name, the second by node id. Ends with 1 if a night without faults costs more than 25 requests
or 150 points for a thousand repositories, or if one is left out.
"""

import argparse
import json
import os
import subprocess
import sys
import time
import urllib.request

import django

MOST_REQUESTS = 25
MOST_POINTS = 150


def start_fake(repositories: int, faults: str) -> tuple[subprocess.Popen[str], str]:
    """Return the fake's process and its address."""
    command = [sys.executable, "-m", "tests.fakes.github", "--repositories", str(repositories), "--faults", faults]
    fake = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert fake.stdout is not None
    return fake, fake.stdout.readline().strip()


def list_names(names: list[str]) -> None:
    """Have one card name each repository."""
    from projects.models import Category, Item, ItemRepository, Repository, Subcategory  # noqa: PLC0415 - after setup

    category, _ = Category.objects.get_or_create(slug="benchmark", defaults={"name": "Benchmark", "position": 0})
    place, _ = Subcategory.objects.get_or_create(
        slug="benchmark", defaults={"name": "Benchmark", "position": 0, "category": category}
    )
    ItemRepository.objects.all().delete()
    known = set(Repository.objects.values_list("url", flat=True))
    urls = {f"https://github.com/{name}": name for name in names}
    Repository.objects.bulk_create(
        Repository(url=url, host="github.com", full_name=name) for url, name in urls.items() if url not in known
    )
    Item.objects.bulk_create(
        (Item(slug=f"b-{n}", name=f"B {n}", kind="product", subcategory=place) for n in range(len(names))),
        ignore_conflicts=True,
    )
    items = Item.objects.filter(slug__startswith="b-").order_by("pk")[: len(names)]
    rows = Repository.objects.filter(url__in=urls).order_by("pk")
    ItemRepository.objects.bulk_create(
        ItemRepository(item=item, repository=row, is_primary=True) for item, row in zip(items, rows, strict=True)
    )


def night(url: str) -> dict[str, object]:
    """Run one night in a process of its own and return its report."""
    command = [sys.executable, "manage.py", "sync_github", "--wait", "--json"]
    environment = os.environ | {"GITHUB_API_URL": url, "GITHUB_TOKEN": "github_pat_of_the_fake", "LOG_LEVEL": "ERROR"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repositories", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--faults", default="")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "landscape.settings")
    django.setup()
    is_good = True
    for number in arguments.repositories:
        fake, url = start_fake(number, arguments.faults)
        try:
            with urllib.request.urlopen(f"{url}/_fake/names") as names:  # noqa: S310 - the fake's own
                list_names(json.load(names))
            for label in ("first", "second"):
                began = time.monotonic()
                report = night(url)
                seconds = time.monotonic() - began
                requests, points = (float(str(report[name])) * 1000 / number for name in ("requests", "points"))
                print(
                    f"{number:>6,} repositories, {label} night: {seconds:6.1f} s,"
                    f" {requests:5.1f} requests and {points:5.1f} points a thousand, {report['counts']}"
                )
                is_cheap = arguments.faults or (requests <= MOST_REQUESTS and points <= MOST_POINTS)
                counts = report["counts"]
                assert isinstance(counts, dict)
                is_good = is_good and bool(is_cheap) and counts.get("measured") == number
        finally:
            fake.terminate()
            fake.wait()
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
