from typing import Any

from drf_spectacular import generators

GENERATOR: Any = generators.SchemaGenerator


def test_the_document_names_both_ways_to_sign_in() -> None:
    schemes = GENERATOR().get_schema(request=None, public=True)["components"]["securitySchemes"]
    assert schemes["token"]["scheme"] == "bearer"
    assert schemes["session"]["in"] == "cookie"
