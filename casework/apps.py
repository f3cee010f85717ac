"""The casework app."""

from django.apps import AppConfig


class Casework(AppConfig):
    name = "casework"
    default_auto_field = "django.db.models.BigAutoField"
