from portal.srelink import failures


def test_each_code_has_a_meaning() -> None:
    assert sorted(failures.MEANING) == [0, 1, 2, 3, 4, 5, 6, 7]


def test_a_refusal_names_each_field_with_all_that_is_wrong() -> None:
    told = failures.refused(422, {"detail": "No.", "errors": {"slug": ["Short.", "Odd."]}})
    assert str(told) == "No.\n  slug: Short. Odd."


def test_a_failure_of_the_portal_names_the_request() -> None:
    assert "(request r1)" in str(failures.refused(500, {"detail": "Ours.", "request_id": "r1"}))
