"""The Celery application: workers run the ticks of `portal.beat`."""

import os
from typing import Any

from celery import Celery, signals

from portal.beat import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = SCHEDULE
app.autodiscover_tasks()


@signals.worker_ready.connect
@signals.beat_init.connect
def open_side_door(**_: Any) -> None:
    """Serves the metrics and the readiness of the worker's or beat's main process."""
    from django.conf import settings

    from portal.lib import process

    if settings.PORTAL_PROCESS_PORT:
        process.serve_admin(settings.PORTAL_PROCESS_PORT, settings.PORTAL_PROCESS_HOST)


@signals.setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """Leaves logging as the settings say it; Celery would replace it otherwise."""
    import logging.config

    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)
