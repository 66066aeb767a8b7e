"""Arguments of tools: a bad one is refused by its name with what may be given, as the API refuses parameters."""

from collections.abc import Mapping
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult
from pydantic import ValidationError

Schema = Mapping[str, Any]
ONE = {"string": "a text", "integer": "a whole number", "number": "a number", "boolean": "true or false"}


class CheckingServer(MCPServer[Any]):
    """Says in its own words which arguments cannot be taken; the SDK says pydantic's, and drops unknown ones."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        tools = {tool.name: tool.input_schema["properties"] for tool in await self.list_tools()}
        known: Schema = tools.get(name, arguments)
        if unknown := arguments.keys() - known.keys():
            choices = f"Unknown argument. Choose from: {', '.join(known)}."
            raise ToolError("; ".join(f"{each[:100]}: {choices}" for each in sorted(unknown)))
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if not isinstance(error.__cause__, ValidationError):
                raise
            bad = dict.fromkeys(str(each["loc"][0]) for each in error.__cause__.errors())
            raise ToolError("; ".join(f"{each}: Give {wanted(known[each])}." for each in bad)) from error.__cause__


def wanted(schema: Schema) -> str:
    """Say in words what a JSON schema takes; the only pattern among the tools is that of slugs."""
    if "anyOf" in schema:
        return " or ".join(wanted(each) for each in schema["anyOf"] if each["type"] != "null")
    if "enum" in schema:
        return f"one of {', '.join(schema['enum'])}"
    if schema["type"] == "array":
        least, most = schema.get("minItems"), schema.get("maxItems")
        return f"a list{f' of {least} to {most}' if most else ''}, each {wanted(schema['items'])}"
    if schema["type"] == "object":
        return f"an object, each value {wanted(schema['additionalProperties'])}"
    return f"{ONE[schema['type']]}{_limits(schema)}"


def _limits(schema: Schema) -> str:
    least, most, pattern = (schema.get(limit) for limit in ("minimum", "maximum", "pattern"))
    parts = (
        f"from {least}" if least else "",
        f"to {most}" if most else "",
        "of letters, digits, - and _" if pattern else "",
    )
    return "".join(f" {part}" for part in parts if part)
