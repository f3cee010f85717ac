"""Browsers of the cast, and the addresses of things."""

import json
from datetime import timedelta

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from schools.subjects import kind_of

KEY = "a-key-of-this-test-"
# Every story told before this many days ago is over today.
LONG_AGO = timedelta(days=60)
# What opens and ends a transaction asks nothing.
BOOKKEEPING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def browser(user=None) -> Client:
    """A browser in which somebody has signed in, or nobody."""
    client = Client(headers={"host": "127.0.0.1"})
    if user is not None:
        client.force_login(user)
    return client


def address(thing, slug: str = "") -> str:
    """The address of a thing, or of an act on it; things get theirs where the addresses are laid out."""
    list(get_resolver().url_patterns)
    path = f"/{kind_of(type(thing)).plural}/{thing.ref}/"
    return f"{path}{slug}/" if slug else path


def sought(client: Client, typed: str) -> str:
    """The address at which somebody finds what they typed into the search."""
    return client.post("/search/", {"q": typed})["Location"]


def send(client: Client, path: str, payload, *, key: str = KEY + "1", **headers):
    """A JSON request to the API."""
    body = payload if isinstance(payload, (str, bytes)) else json.dumps(payload)
    headers = {"Idempotency-Key": key} | headers
    return client.post(f"/api/v1{path}", body, content_type="application/json", headers=headers)


def asked(work) -> list[str]:
    """Every question that some work puts to either database."""
    with CaptureQueriesContext(connections["default"]) as main, CaptureQueriesContext(connections["keyring"]) as keys:
        work()
    statements = [query["sql"] for query in [*main.captured_queries, *keys.captured_queries]]
    return [sql for sql in statements if not sql.startswith(BOOKKEEPING)]
