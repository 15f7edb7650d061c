"""The two steps of the all clear."""

SHOULD_BE_FIXED = "should_be_fixed"
IS_FIXED = "is_fixed"
STEPS = [(SHOULD_BE_FIXED, "It should be fixed"), (IS_FIXED, "It is fixed")]
