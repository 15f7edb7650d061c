from drf_spectacular.generators import SchemaGenerator


def test_the_document_names_both_ways_to_sign_in() -> None:
    schemes = SchemaGenerator().get_schema(request=None, public=True)["components"]["securitySchemes"]
    assert schemes["token"]["scheme"] == "bearer"
    assert schemes["session"]["in"] == "cookie"
