"""The lowest app."""

from django.apps import AppConfig


class Schools(AppConfig):
    name = "schools"
    default_auto_field = "django.db.models.BigAutoField"
