"""The door for the web server: refuses to open with unsafe settings."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from config.guard import refuse_unsafe  # noqa: E402  (settings must be loaded first)

refuse_unsafe()
