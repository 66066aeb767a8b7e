"""The tools that assistants get. Each reads one or two end points of the REST API, sources included, and writes nothing."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from asgiref.sync import sync_to_async
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field, StringConstraints

from api.mcp.arguments import CheckingServer
from api.mcp.reading import Parameters, RefusedError, read

INSTRUCTIONS = """\
Strata is a knowledge base of the cloud-native landscape (CNCF) for people who decide on it: what exists and has existed \
since 2018, what is measured, money, surveyed adoption, and what the concepts mean. Every answer names dates and sources; \
null is unknown, never 0. Cite the sources that an answer names. Begin with `search` if you do not know a slug.\
"""
READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
Day = Annotated[
    str | None,
    Field(description="A day (YYYY-MM-DD) of the landscape's history; the state at its end, UTC. Now if left out."),
]
Slug = Annotated[
    str,
    Field(description="The slug of it, as `search` gives it in the address of its page.", pattern="^[-a-zA-Z0-9_]+$"),
]
SearchKind = Literal[
    "item", "concept", "category", "subcategory", "organization", "question", "comparison", "insight", "event",
    "forecast", "statement",
]  # fmt: skip

# Parameters of the screener's end point that are arguments of the tool, or none of its business.
NO_FILTERS = frozenset({"columns", "ordering", "page", "page_size", "format"})

server = CheckingServer("strata", title="Strata", version="1", instructions=INSTRUCTIONS)


async def _read(name: str, *arguments: str, parameters: Parameters | None = None) -> Any:
    """Read an end point in the thread that holds the database's connection; a refusal becomes the tool's error."""
    try:
        return await sync_to_async(read, thread_sensitive=True)(name, *arguments, parameters=parameters)
    except RefusedError as error:
        raise ToolError(str(error)) from error


def _tool(title: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return server.tool(title=title, annotations=READ_ONLY, structured_output=False)


@_tool("Search")
async def search(
    query: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1),
        Field(description="A name, a former name or any word, in English or Chinese."),
    ],
    kinds: Annotated[list[SearchKind] | None, Field(description="Only these kinds of things.")] = None,
    limit: Annotated[int, Field(ge=1, le=50)] = 10,
) -> Any:
    """Find items, organizations, categories, concepts, questions, events and statements of the essay."""
    return await _read("search", parameters={"q": query, "kind": kinds, "limit": limit})


@_tool("Item")
async def item(slug: Slug, as_of: Day = None) -> Any:
    """Tell everything about one item of the landscape: where it stands, its stages and history, and its newest figures."""
    found = await _read("item-detail", slug, parameters={"as_of": as_of})
    return {
        "item": found,
        "figures": await _read("indicator-list", parameters={"item": found["slug"], "page_size": 50}),
    }


@_tool("Compare")
async def compare(
    items: Annotated[list[str], Field(min_length=2, max_length=6, description="Slugs of two to six items.")],
) -> Any:
    """Set two to six items beside each other: stages, figures with intervals, adoption, money, maintainers."""
    return await _read("compare", parameters={"items": ",".join(items)})


@_tool("Screen")
async def screen(
    filters: Annotated[
        dict[str, str | int | float | list[str]],
        Field(
            description='Filters of the screener by name, e.g. {"maturity": ["sandbox"], "stars_min": 1000, '
            '"growth_90_min": 20}; an unknown name is refused with the names there are.'
        ),
    ],
    columns: Annotated[list[str] | None, Field(description="Columns to give.")] = None,
    ordering: Annotated[str | None, Field(description="A column; '-' before it reverses.")] = None,
    page: Annotated[int, Field(ge=1)] = 1,
) -> Any:
    """Screen all items by catalogue, stage, attention, activity, people, adoption, money and layer."""
    if stray := sorted(NO_FILTERS & filters.keys()):
        raise ToolError("; ".join(f"filters: {name} is no filter of the screener." for name in stray))
    chosen = ",".join(columns) if columns else None
    return await _read(
        "screener", parameters={**filters, "columns": chosen, "ordering": ordering, "page": page, "page_size": 25}
    )


@_tool("Layer")
async def layer(
    framework: Annotated[
        str | None,
        Field(description="investment-layers, simplified-modules, trail-map, security-4c ...; all if left out."),
    ] = None,
    as_of: Day = None,
) -> Any:
    """Show how a framework divides the landscape into layers: items, projects and their stages, money, exits."""
    if framework is None:
        return await _read("framework-list", parameters={"as_of": as_of})
    return await _read("layer-list", parameters={"framework": framework, "as_of": as_of})


@_tool("Concept")
async def concept(slug: Slug) -> Any:
    """Explain one concept in English and Chinese: definition, what it replaces and enables, relations, items, sources."""
    return await _read("concept-detail", slug)
