"""The servers and processes behind `./run`; only `./run` uses this package, and it imports no Django."""
