"""The REST paths that the fake answers, by the published shapes."""

import re
from urllib.parse import parse_qs, urlencode

from tests.fakes.github.answers import Answer
from tests.fakes.github.world import Refusal

DOCUMENTATION = "https://docs.github.com/rest"
BY_NAME = re.compile(r"/repos/([\w.-]+)/([\w.-]+)(/contributors|/stargazers/history|/stargazers|/subscribers)?")
BY_ID = re.compile(r"/repositories/(\d+)(/contributors|/stargazers/history)?")
WEEKS_PER_PAGE = 30
TOO_LARGE = "The history or contributor list is too large to list contributors for this repository via the API."


def answer(world, path, query, *, day, base):
    """The answer at a REST path; ``base`` is the address in links."""
    if match := BY_ID.fullmatch(path):
        repository = world.of_id(int(match.group(1)))
        part = match.group(2) or ""
    elif match := BY_NAME.fullmatch(path):
        full_name = f"{match.group(1)}/{match.group(2)}"
        repository, part = world.named(full_name, follow=False), match.group(3) or ""
        moved = None if repository else world.named(full_name)
        if moved is not None and moved.is_shown():
            return _redirect(f"{base}/repositories/{moved.database_id}{part}", query)
    else:
        return _message(404, "Not Found")
    if repository is None or not repository.is_shown():
        return _refusal(repository.refusal if repository else Refusal.MISSING, repository)
    return PARTS[part](world, repository, parse_qs(query), day, f"{base}/repositories/{repository.database_id}{part}")


def _repository(world, repository, _query, day, _address):
    truth = world.truth(repository, day)
    return Answer(
        200,
        {
            "id": repository.database_id,
            "node_id": repository.node_id,
            "name": repository.name,
            "full_name": repository.full_name,
            "private": False,
            "archived": repository.is_archived,
            "disabled": repository.is_disabled,
            "stargazers_count": truth["stars"],
            # GitHub calls the stars so.
            "watchers_count": truth["stars"],
            "subscribers_count": truth["watchers"],
            "forks_count": truth["forks"],
            "open_issues_count": truth["open_issues"] + truth["open_pull_requests"],
        },
    )


def _contributors(world, repository, query, day, address):
    if repository.is_empty:
        return Answer(204, None)
    if repository.is_history_too_large:
        return _message(403, TOO_LARGE)
    count = world.truth(repository, day)["contributors"]
    if query.get("anon") not in (["1"], ["true"]):
        count = min(count, 450)
    per_page, page = int(query.get("per_page", ["30"])[0]), int(query.get("page", ["1"])[0])
    first = (page - 1) * per_page
    people = [{"type": "Anonymous", "contributions": 1} for _ in range(first, min(count, first + per_page))]
    return Answer(200, people, _link(address, query, page, -(-count // per_page)))


def _star_history(world, repository, query, day, address):
    page = int(query.get("page", ["1"])[0])
    weeks = world.star_weeks(repository, day)
    first = (page - 1) * WEEKS_PER_PAGE
    last_page = min(-(-len(weeks) // WEEKS_PER_PAGE), 100)
    return Answer(200, weeks[first : first + WEEKS_PER_PAGE], _link(address, query, page, last_page))


def _people(_world, _repository, _query, _day, _address):
    """Lists of persons are for a repository's own people since July 2026."""
    return _message(403, "Must have admin rights to Repository.")


PARTS = {
    "": _repository,
    "/contributors": _contributors,
    "/stargazers/history": _star_history,
    "/stargazers": _people,
    "/subscribers": _people,
}


def _link(address, query, page, last_page):
    def entry(number, relation):
        pairs = {name: values[0] for name, values in query.items()} | {"page": number}
        return f'<{address}?{urlencode(pairs)}>; rel="{relation}"'

    entries = []
    if page > 1:
        entries += [entry(page - 1, "prev"), entry(1, "first")]
    if page < last_page:
        entries += [entry(page + 1, "next"), entry(last_page, "last")]
    return {"link": ", ".join(entries)} if entries else {}


def _redirect(address, query):
    address = f"{address}?{query}" if query else address
    body = {"message": "Moved Permanently", "url": address, "documentation_url": DOCUMENTATION}
    return Answer(301, body, {"location": address})


def _refusal(refusal, repository):
    if refusal == Refusal.DMCA:
        return Answer(451, _blocked("dmca"))
    if refusal == Refusal.TOS:
        return Answer(403, _blocked("tos"))
    if refusal == Refusal.SAML:
        sso = {"x-github-sso": f"required; url=https://github.com/orgs/{repository.owner}/sso"}
        return _message(403, "Resource protected by organization SAML enforcement.", sso)
    if refusal == Refusal.POLICY:
        return _message(
            403, f"The '{repository.owner}' organization forbids access via a fine-grained personal access tokens"
        )
    return _message(404, "Not Found")


def _blocked(reason):
    block = {"reason": reason, "created_at": "2026-01-10T12:00:00Z", "html_url": "https://github.com/github/dmca"}
    return {"message": "Repository access blocked", "block": block}


def _message(status, message, headers=None):
    return Answer(
        status, {"message": message, "documentation_url": DOCUMENTATION, "status": str(status)}, headers or {}
    )
