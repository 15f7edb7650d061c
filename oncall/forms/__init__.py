"""The forms of the on-call pages, by noun."""
