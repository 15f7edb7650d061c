"""Nothing of this app is edited through Django's admin: every write is audited and published to the edges."""
