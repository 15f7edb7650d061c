from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator


@pytest.fixture(scope="module")
def schema() -> Any:
    generator: Any = SchemaGenerator
    return generator().get_schema(request=None, public=True)


def operations(schema: Any) -> list[tuple[str, str, Any]]:
    return [(path, method, what) for path, item in schema["paths"].items() for method, what in item.items()]


def test_it_is_openapi_3_1(schema: Any) -> None:
    assert schema["openapi"].startswith("3.1")


def test_every_operation_says_how_it_refuses(schema: Any) -> None:
    for path, method, operation in operations(schema):
        assert {"401", "403", "422", "429"} <= set(operation["responses"]), (path, method)


def test_every_post_takes_an_idempotency_key(schema: Any) -> None:
    for path, method, operation in operations(schema):
        names = {parameter["name"] for parameter in operation.get("parameters", [])}
        assert ("Idempotency-Key" in names) == (method == "post"), path


def test_tags_are_the_resources(schema: Any) -> None:
    assert {operation["tags"][0] for path, _, operation in operations(schema) if "/services/" in path} == {"services"}


def test_the_problem_document_is_described_once(schema: Any) -> None:
    wanted = {"$ref": "#/components/schemas/Problem"}
    for _, _, operation in operations(schema):
        assert operation["responses"]["422"]["content"]["application/problem+json"]["schema"] == wanted
    assert "request_id" in schema["components"]["schemas"]["Problem"]["required"]
