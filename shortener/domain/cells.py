"""Cells of tables that people open with a spreadsheet."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(value: object) -> str:
    """The text of a cell that no spreadsheet takes for a formula; numbers stay numbers, nothing stays empty."""
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text
