"""The one place that knows what time it is; a demonstration has a clock of its own."""

from datetime import datetime, timedelta
from functools import lru_cache

from django.utils import timezone

# Whoever asks what time it is mostly asks which day that is.
from schools.calendar import LONDON as LONDON
from schools.calendar import day_of as day_of
from schools.models import Installation


@lru_cache(maxsize=1)
def _installation() -> Installation | None:
    return Installation.objects.filter(pk=1).first()


def is_demo() -> bool:
    """Whether this is a demonstration, in which everything is invented."""
    installation = _installation()
    return bool(installation and installation.is_demo)


def _ahead() -> timedelta | None:
    """How far a demonstration's clock stands from the machine's; nothing for a real installation."""
    installation = _installation()
    if installation is None or not installation.is_demo or installation.demo_opens_at is None:
        return None
    return installation.demo_opens_at - installation.started_at


def forget() -> None:
    """Ask the installation again, after it was set up."""
    _installation.cache_clear()


def now() -> datetime:
    """The time to write on what is done now, in UTC."""
    ahead = _ahead()
    return timezone.now() if ahead is None else timezone.now() + ahead


def machine_now() -> datetime:
    """The machine's own time: sessions, keys, and when a line was really written."""
    return timezone.now()
