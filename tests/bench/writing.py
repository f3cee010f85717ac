"""What it costs to report, and to keep the history of a save."""

import json
import secrets
from collections.abc import Callable

from django.db import transaction

from incidents.models import Concern
from schools import clock, ledger
from tests.bench.people import Trust
from tests.bench.screens import client_of

REPORT = {
    "what": "abuse_of_staff",
    "narrative": "What was seen. " * 12,
    "at_risk": "no",
    "people": [{"name": "About Of 01", "kind": "staff", "part": "target"}],
    "links": [{"platform": "Facebook", "url": "https://posts.example/new", "handle": "new"}],
}


def report_by_page(trust: Trust) -> Callable[[], None]:
    """A plain report sent from its page: one link, one person, no file."""
    client = client_of(trust.staff[0].by_post["teacher"])
    typed = {name: REPORT[name] for name in ("narrative", "at_risk")}
    for name in ("people", "links"):
        typed[f"{name}-count"] = len(REPORT[name])
        typed |= {f"{name}-0-{key}": value for key, value in REPORT[name][0].items()}

    def send():
        sent = client.post("/report/abuse_of_staff/", typed | {"form_token": secrets.token_urlsafe(24)})
        if sent.status_code != 302:
            raise AssertionError(f"the report was answered with {sent.status_code}")

    return send


def report_over_api(trust: Trust) -> Callable[[], None]:
    """The same report sent to its endpoint."""
    client = client_of(trust.staff[0].by_post["teacher"])
    address = f"/api/v1/schools/{trust.staff[0].school.slug}/report/"

    def send():
        key = secrets.token_urlsafe(24)
        sent = client.post(address, json.dumps(REPORT), "application/json", headers={"Idempotency-Key": key})
        if sent.status_code != 201:
            raise AssertionError(f"the report was answered with {sent.status_code}: {sent.content[:300]}")

    return send


def saves() -> dict[str, Callable[[], None]]:
    """One row saved three ways: without history, with its version alone, and with its line as an act saves it."""
    concern = Concern.objects.select_related("record").first()
    at = clock.now()

    def bare():
        with transaction.atomic():
            concern.skip_history_when_saving = True
            concern.save()
            del concern.skip_history_when_saving
            transaction.set_rollback(True)

    def version():
        with transaction.atomic():
            concern._history_user, concern._history_date = None, at
            concern.save()
            transaction.set_rollback(True)

    def whole():
        with transaction.atomic():
            ledger.record("concern.read", concern.record, concern, by=None, at=at)
            transaction.set_rollback(True)

    return {"a save without history": bare, "with its version": version, "with its version and its line": whole}
