"""Exports of other on-call systems: the JSON of their APIs, understood without losing anything silently."""
