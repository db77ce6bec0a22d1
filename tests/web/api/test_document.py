"""The OpenAPI document: sound, about the API alone, and kept to by what the API answers."""

from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import sampled_from
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sla.desk.deposit import deposit
from sla.desk.keys import issue_key
from sla.desk.permits import ALLOWED
from sla.web.api.moves import MOVES
from tests.web.visitor import site
from tests.worlds import furnish, new_desk

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 4  # an operation and caller


def document(app: Flask) -> dict[str, Any]:
    found = app.test_client().get("/api/openapi.json").get_json()
    assert isinstance(found, dict)
    return found


def operations(app: Flask) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, told) for path, all_ in document(app)["paths"].items() for method, told in all_.items()]


def test_the_document_says_what_it_is_and_who_may_ask(app: Flask) -> None:
    told = document(app)
    assert told["info"]["title"] == "Support Cegid PMI"
    assert told["security"] == [{"token": []}]
    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_pages_are_not_in_the_document(app: Flask) -> None:
    assert {path.split("/")[1] for path, _, _ in operations(app)} == {"api"}
    inside = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    assert len(operations(app)) == len(inside)


def test_an_operation_that_writes_bears_its_verbs_name(app: Flask) -> None:
    verbs = {told["operationId"] for _, method, told in operations(app) if method in ("post", "delete")}
    assert verbs - {"preview_edit"} <= set(ALLOWED)  # a read whose question is a body
    assert {move.verb.__name__ for move in MOVES} <= verbs


def test_bodies_are_required_and_refusals_are_problems(app: Flask) -> None:
    for path, _, told in operations(app):
        assert told.get("requestBody", {"required": True})["required"] is True, path
        assert {"401", "403", "404", "422"} <= set(told["responses"]), path
        for status, answer in told["responses"].items():
            if status.startswith("4"):
                assert list(answer["content"]) == ["application/problem+json"], (path, status)


def test_every_reference_leads_somewhere_and_every_schema_is_sound(app: Flask) -> None:
    told = document(app)
    for path, _, operation in operations(app):
        for reference in _references(operation):
            assert reference.removeprefix("#/components/schemas/") in told["components"]["schemas"], (path, reference)
    for name, schema in told["components"]["schemas"].items():
        for reference in _references(schema):
            assert reference.removeprefix("#/components/schemas/") in told["components"]["schemas"], (name, reference)
        assert jsonschema_rs.meta.is_valid({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}), name


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for inner in node.values() for found in _references(inner)]
    return [found for inner in node for found in _references(inner)] if isinstance(node, list) else []


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A desk with two tickets, its application, and a token each of a client, a technician and a manager."""
    world = furnish(new_desk(tmp_path_factory.mktemp("documented")))
    for who, item in (("julie", "erreurs"), ("bruno", "erreurs")):
        world.do(who, "2026-11-24 14:00", deposit, item=item, severity="major", title="x", description="y")
    tokens = [
        world.do(who, "2026-01-05 10:00", issue_key, world.people[who].id, purpose="api", minutes=None)
        for who in ("julie", "clara", "marc")
    ]
    yield site(world.desk), tokens
    world.desk.close()


def test_whatever_is_sent_the_answer_is_as_documented(standing: Any) -> None:
    """Never a fault of ours; every status, type and shape is one that the document tells of."""
    app, tokens = standing
    schema: Any = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    for found in schema.get_all_operations():
        _as_documented(found.ok(), tokens)


def _as_documented(operation: Any, tokens: list[str]) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), token=sampled_from(tokens), number=sampled_from((1, 2, None)))
    def holds(case: Any, token: str, number: int | None) -> None:
        if number and "number" in case.path_parameters:
            case.path_parameters["number"] = number  # one that exists
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

    holds()
