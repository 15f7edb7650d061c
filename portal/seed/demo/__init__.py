"""Ninety days of plausible history for an empty portal, the same for the same seed."""
