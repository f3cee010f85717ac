"""The lowest app."""

from django.apps import AppConfig


class Schools(AppConfig):
    name = "schools"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from schools import checks  # noqa: F401  (app ready: checks need the models)
