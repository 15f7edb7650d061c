"""`srelink`, the command-line client: standard library only (segno draws QR codes), nothing of the portal itself."""
