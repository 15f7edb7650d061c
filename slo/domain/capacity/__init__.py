"""Capacity: what a series of days says about the day on which a resource runs out. Pure arithmetic."""
