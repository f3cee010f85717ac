"""Bar R3, the settings: on every connection what SQLite promises is what a record needs; a power cut loses nothing."""

import threading

import pytest
from django.db import connections

pytestmark = pytest.mark.django_db
SHARED = {"synchronous": 2, "secure_delete": 1, "temp_store": 2}  # FULL, ON, MEMORY
WANTED = {
    "default": SHARED | {"journal_mode": "wal", "foreign_keys": 1, "trusted_schema": 0, "wal_autocheckpoint": 1000},
    "keyring": SHARED | {"journal_mode": "truncate"},
}
# What PostgreSQL calls the same promise.
ASKED = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def promised(alias: str) -> dict:
    """What one connection answers when asked how safely it writes."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return {name: cursor.execute(f"SHOW {name}").fetchone()[0] for name in ASKED}
        return {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in WANTED[alias]}


def wanted(alias: str) -> dict:
    return ASKED if connections[alias].vendor == "postgresql" else WANTED[alias]


@pytest.mark.parametrize("alias", ["default", "keyring"])
def test_this_connection_writes_safely(alias):
    assert promised(alias) == wanted(alias)


@pytest.mark.parametrize("alias", ["default", "keyring"])
def test_a_connection_of_another_thread_writes_as_safely(alias):
    found = {}

    def ask():
        found.update(promised(alias))
        connections[alias].close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found == wanted(alias)


@pytest.mark.parametrize("alias", ["default", "keyring"])
def test_writers_queue_at_the_door_and_no_request_is_one_long_transaction(alias):
    settings = connections[alias].settings_dict
    assert settings["ATOMIC_REQUESTS"] is False
    if connections[alias].vendor == "sqlite":
        assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert settings["OPTIONS"]["timeout"] == 20


def test_records_and_keys_lie_in_different_places():
    assert connections["default"].settings_dict["NAME"] != connections["keyring"].settings_dict["NAME"]
