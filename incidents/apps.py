"""The incidents app."""

from django.apps import AppConfig


class Incidents(AppConfig):
    name = "incidents"
    default_auto_field = "django.db.models.BigAutoField"
