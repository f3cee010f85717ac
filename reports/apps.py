"""The reports app."""

from django.apps import AppConfig


class Reports(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
