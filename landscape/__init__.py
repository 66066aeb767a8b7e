"""The project: settings, root URLs, the Celery application and the embedded services."""

from landscape.celery import app as celery_app

__all__ = ["celery_app"]
