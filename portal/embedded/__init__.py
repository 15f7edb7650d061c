"""The servers and processes behind `./run`; nothing else of the portal imports this package, and it imports no Django."""
