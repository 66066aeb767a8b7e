"""Measures repositories at GitHub: the nightly run, by hand."""

import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from kombu.exceptions import OperationalError
from tqdm import tqdm

from projects.models import Item, Repository
from sources.clients.github import GithubError
from sources.github_access import configured_access
from sources.importers.github.access import Access, connected
from sources.importers.github.runs import counts_of, nightly_repositories, open_run
from sources.importers.github.steps import drive, first_step
from sources.importers.indicators_due import compute_figures, day_to_compute
from sources.models import MetricsRun, RunKind, RunStatus
from sources.tasks import enqueue

LONGEST_NAP = 1.0
NO_TOKEN = "There is no GitHub token, so nothing is measured; set GITHUB_TOKEN."  # noqa: S105 - a sentence


class Command(BaseCommand):
    """``sync_github``: opens the nightly run, or joins the open one."""

    help = (
        "Measures every repository at GitHub now. A worker does it, or with --wait this command itself; "
        "it ends with 0 only if every repository ended in a recorded state."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", nargs="+", metavar="SLUG", help="measure the repositories of these items")
        parser.add_argument("--limit", type=int, metavar="N", help="measure at most N repositories")
        parser.add_argument("--wait", action="store_true", help="do the work here, and report it")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        access = configured_access()
        if access is None:
            raise CommandError(NO_TOKEN)
        repositories = self._repositories(options["only"], options["limit"])
        if options["limit"] is not None and options["limit"] < 1:
            raise CommandError(f"--limit {options['limit']} measures nothing; give 1 or more.")
        is_partial = options["only"] is not None or options["limit"] is not None
        run, is_new = open_run(
            kind=RunKind.NIGHTLY, repositories=repositories, now=timezone.now(), is_partial=is_partial
        )
        if not is_new and not options["json"]:
            self.stdout.write(f"Joined run {run.pk}, which is open since {run.started_at:%Y-%m-%d %H:%M} UTC.")
        if options["wait"]:
            self._drive(run, access)
        else:
            self._hand_over(run)
        run.refresh_from_db()
        self._report(run, time.monotonic() - began, as_json=options["json"])
        if options["wait"]:
            day = day_to_compute()
            if day is not None:
                compute_figures(day)
            self._judge(run)

    def _repositories(self, slugs: list[str] | None, limit: int | None) -> list[int]:
        if slugs is None:
            return nightly_repositories()[:limit]
        known = set(Item.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        unknown = [slug for slug in slugs if slug not in known]
        if unknown:
            raise CommandError(f"There is no item {', '.join(unknown)}.")
        found = Repository.objects.on_github().of_items(slugs).order_by("pk").values_list("pk", flat=True)
        return list(found)[:limit]

    def _drive(self, run: MetricsRun, access: Access) -> None:
        """Take one step after the other; a pause that GitHub asks for is waited out here."""
        total = run.fetches.count()
        with tqdm(total=total, unit="repository", desc="Measuring", disable=not sys.stderr.isatty()) as bar:
            try:
                with connected(access, clock=timezone.now) as github:
                    while (onward := drive(run.pk, github)) is not None:
                        counts = counts_of(run)
                        bar.update(counts["repositories"] - counts.get("pending", 0) - bar.n)
                        time.sleep(min(max(0.0, (onward.at - timezone.now()).total_seconds()), LONGEST_NAP))
            except GithubError as error:
                raise CommandError(str(error)) from error
            bar.update(total - bar.n)

    def _hand_over(self, run: MetricsRun) -> None:
        try:
            enqueue(first_step(run, now=timezone.now()), now=timezone.now())
        except OperationalError as error:
            message = "The broker does not answer; the run is open, and begins when a worker runs."
            raise CommandError(message) from error

    def _report(self, run: MetricsRun, seconds: float, *, as_json: bool) -> None:
        report = {
            "run": run.pk,
            "day": run.day.isoformat(),
            "status": run.status,
            "counts": run.counts or counts_of(run),
            "requests": run.requests,
            "points": run.points,
            "points_left": run.points_left,
            "message": run.message,
            "seconds": round(seconds, 1),
        }
        if as_json:
            self.stdout.write(json.dumps(report))
            return
        counts = report.pop("counts")
        rows = {**report, **(counts if isinstance(counts, dict) else {})}
        width = max(len(name) for name in rows)
        for name, value in rows.items():
            shown = f"{value:,}" if isinstance(value, int) and name != "run" else value
            self.stdout.write(f"{name.replace('_', ' '):<{width}}  {shown if shown is not None else 'unknown'}")

    def _judge(self, run: MetricsRun) -> None:
        if run.status != RunStatus.DONE:
            raise CommandError(run.message or "The run is not done.")
        left = run.counts.get("pending", 0) + run.counts.get("not_asked", 0)
        if left:
            raise CommandError(f"{left} repositories have no recorded state.")
