"""What the OpenAPI document says beyond what routes and shapes tell: who may ask, what refusals look like."""

from typing import Any

PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "A refusal (RFC 9457). Nothing was written.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "description": "/api/problems/ and the refusal's code"},
        "title": {"type": "string", "description": "the refusal's code"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "the whole refusal, in the language of Accept-Language: fr or en"},
        "instance": {"type": "string", "description": "the path asked for"},
        "errors": {
            "type": "object",
            "description": "a sentence a field, by the field's name as it was sent",
            "additionalProperties": {"type": "string"},
        },
    },
}
DESCRIPTION = (
    "The desk's verbs and reads. Instants are RFC 3339 with an offset; those given back are UTC, ending in Z. Names "
    "ending in _s hold seconds of working time, in _quarters quarter-hours, in minutes whole minutes of real time."
)
NUMBER = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
ALWAYS = {
    "401": "No token, or one that is not valid.",
    "403": "The token's person may not do this.",
    "422": "Something sent is not acceptable; `errors` names each field.",
}
WRITING = {
    "400": "The body is not acceptable JSON.",
    "409": "The state of things doesn't allow it, or somebody was first.",
    "413": "The body is larger than 1 MB.",
    "415": "The body is not application/json.",
}


def complete(spec: dict[str, Any]) -> dict[str, Any]:
    """The document with its bearer scheme, bodies required, and a problem for each status of refusal."""
    spec["info"]["description"] = DESCRIPTION
    parts = spec.setdefault("components", {})
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer", "description": "a token of /api/tokens"}}
    parts.setdefault("schemas", {})["Problem"] = PROBLEM
    spec["security"] = [{"token": []}]
    for operations in spec["paths"].values():
        for method, operation in operations.items():
            _refusals(method, operation)
            for parameter in operation["parameters"]:
                if parameter["name"] == "number":
                    parameter["schema"] = NUMBER
    return spec


def _refusals(method: str, operation: dict[str, Any]) -> None:
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True
    operation["responses"].get("204", {}).pop("content", None)
    statuses = {**ALWAYS, **(WRITING if method == "post" else {})}
    statuses["404"] = "Nothing in this person's sight bears that number or code."
    for status, description in statuses.items():
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        operation["responses"][status] = {"description": description, "content": content}
