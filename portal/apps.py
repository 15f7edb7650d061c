from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Connects the apps once all models are loaded."""

    name = "portal"
    label = "portal"

    def ready(self) -> None:
        from portal import wiring

        wiring.connect()
