"""The OpenAPI description: what drf-spectacular cannot read from the views."""

from typing import Any

from django_filters import DateFilter, Filter, MultipleChoiceFilter, NumberFilter
from drf_spectacular.extensions import OpenApiFilterExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from projects.filters import KnownWordsFilter

AS_OF = OpenApiParameter(
    "as_of",
    OpenApiTypes.STR,
    description=(
        "The instant asked about: a day (`2020-04-25`, its end in UTC) or an ISO 8601 instant (`2020-04-25T12:00Z`; "
        "without a zone UTC). Now unless told."
    ),
)
INCLUDE_DELISTED = OpenApiParameter(
    "include_delisted",
    OpenApiTypes.STR,
    enum=["true", "false"],
    description="`true` adds what the landscape had listed before that instant and no longer did.",
)
LIMITS = {"max_length": "maxLength", "min_length": "minLength", "min_value": "minimum", "max_value": "maximum"}
SLUG = OpenApiParameter("slug", OpenApiTypes.STR, OpenApiParameter.PATH)


class FilterSetParameters(OpenApiFilterExtension):  # type: ignore[no-untyped-call]  # its registry has no types
    """The parameters of a filter set: choices as such, slugs and words as text, repeatable ones as lists."""

    target_class = "api.filter_backends.FilterSetBackend"
    priority = 1  # before the one of drf-spectacular for every django-filter backend

    def get_schema_operation_parameters(self, auto_schema: AutoSchema, *_args: Any, **_options: Any) -> list[Any]:
        filterset = getattr(auto_schema.view, "filterset_class", None)
        return [filter_parameter(name, each) for name, each in filterset.base_filters.items()] if filterset else []


def filter_parameter(name: str, each: Filter) -> dict[str, Any]:
    """Describe one filter as a query parameter."""
    schema: dict[str, Any] = {"type": "string"}
    if isinstance(each, DateFilter):
        schema["format"] = "date"
    if isinstance(each, NumberFilter):
        schema["type"] = "number" if each.extra.get("decimal_places") else "integer"
    if choices := each.extra.get("choices"):
        # Other foundations have other words than the usual ones.
        usual = [str(value) for value, _label in choices]
        schema |= {"example": usual[0]} if isinstance(each, KnownWordsFilter) else {"enum": usual}
    schema |= {key: each.extra[limit] for limit, key in LIMITS.items() if limit in each.extra}
    if isinstance(each, MultipleChoiceFilter):
        schema = {"type": "array", "items": schema}
    return {"name": name, "in": "query", "required": False, "description": str(each.label), "schema": schema}


class BadParameterSerializer(serializers.Serializer[Any]):
    """Each bad parameter's name with its sentences."""

    parameter = serializers.ListField(child=serializers.CharField(), help_text="The key is the parameter's name.")


class ProblemSerializer(serializers.Serializer[Any]):
    """What is wrong, in one sentence."""

    detail = serializers.CharField()


SHARED_ANSWERS = {
    "304": OpenApiResponse(description="Nothing has changed since the answer with the given ETag."),
    "400": OpenApiResponse(BadParameterSerializer, description="A parameter is unknown or bad."),
    "404": OpenApiResponse(ProblemSerializer, description="There is no such thing, or no such page."),
    "429": OpenApiResponse(ProblemSerializer, description="Too many requests; `Retry-After` says when to ask again."),
}


class CatalogueSchema(AutoSchema):
    """Adds the parameters and the errors that all end points share."""

    def get_override_parameters(self) -> list[Any]:
        names = getattr(self.view, "shared_parameters", ())
        shared = [parameter for parameter in (AS_OF, INCLUDE_DELISTED) if parameter.name in names]
        return [*shared, SLUG] if "{slug}" in self.path else shared

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status, answer in SHARED_ANSWERS.items():
            bodies[status] = self._get_response_for_code(answer, status, direction=direction)  # type: ignore[no-untyped-call]  # drf-spectacular types little
        return bodies

    def get_description(self) -> str:  # type: ignore[override]  # as drf-spectacular calls it
        """The view's own sentence for a list, since all lists share their method."""
        is_list = getattr(self.view, "action", "") == "list"
        return (type(self.view).__doc__ or "") if is_list else super().get_description()

    def get_auth(self) -> list[Any]:
        """Nothing: no call needs an account, so none carries a padlock."""
        return []

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "tag", "landscape")]


def simplify_contents(result: dict[str, Any], **_options: Any) -> dict[str, Any]:
    """Describe CSV as text and errors as JSON alone (a postprocessing hook of drf-spectacular)."""
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {})
                if "text/csv" in content:
                    if status == "200":
                        content["text/csv"] = {"schema": {"type": "string"}}
                    else:
                        del content["text/csv"]
    return result
