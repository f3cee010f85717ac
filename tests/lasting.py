"""Databases that are filled once for all tests of a module, and empty again at its end."""

from contextlib import contextmanager

from django.db import transaction

from schools import clock


@contextmanager
def filled_once(blocker):
    """Both databases open for a whole module; what is done inside is undone when the block ends.

    blocker: the fixture `django_db_blocker`.
    """
    with blocker.unblock():
        with transaction.atomic(), transaction.atomic(using="keyring"):
            yield
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keyring")
        clock.forget()
