"""What the tests of the lowest app share: a mail server that really listens."""

import pytest

from tests.schools.postbox import Postbox


@pytest.fixture
def postbox(settings):
    """A mail server on a real port, which Daybook is told to use."""
    box = Postbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    yield box
    box.close()
