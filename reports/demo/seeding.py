"""Fills an empty installation with the demonstration, and knows who can sign in to it."""

import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from reports.demo import source
from reports.demo.institution import Institution
from reports.demo.played import Story
from reports.demo.reported import report
from reports.demo.triaged import settle
from schools import clock
from schools.models import Appointment, Installation, User
from schools.roles import Role
from schools.workflow import first_run

OPENS_AT = datetime(2026, 11, 23, 8, 0, tzinfo=clock.LONDON)


def is_there() -> bool:
    """Whether this installation holds the demonstration already."""
    return Installation.objects.filter(pk=1, is_demo=True).exists()


def seed() -> int:
    """Fill an empty installation with every trust, person and concern of the data; returns how many concerns.

    Everything goes in or nothing does.
    """
    with transaction.atomic():
        trusts = dict.fromkeys(row["trust"] for row in source.rows("organisations"))
        institutions = {key: Institution(key, password=_made_password()).found() for key in trusts}
        concerns = sorted(source.rows("concerns"), key=lambda row: source.moment(row["reported_at"]))
        for row in concerns:
            institution = institutions[row["trust"]]
            concern = report(institution, row)
            settle(institution, row, concern)
            Story(institution, concern).play(row["key"])
        for institution in institutions.values():
            institution.propose()
        first_run.begin_demonstration(opens_at=OPENS_AT, at=clock.machine_now())
    clock.forget()
    return len(concerns)


def _password_file() -> Path:
    return Path(settings.VAR) / "demo-password"


def password() -> str:
    """The one password of every account of the demonstration; empty when its file is gone."""
    path = _password_file()
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def _made_password() -> str:
    """The password, made at random the first time and readable by the owner of the data folder only."""
    if not password():
        made = "-".join(secrets.token_hex(2) for _ in range(4))
        with os.fdopen(os.open(_password_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(made)
    return password()


def who_signs_in() -> list[dict]:
    """Everyone with an account: name, e-mail address, school and offices."""
    offices: dict = {}
    for person, role in Appointment.objects.exclude(role=Role.STAFF).values_list("person_id", "role"):
        offices.setdefault(person, set()).add(role.replace("_", " "))
    users = User.objects.filter(is_active=True).select_related("person__school__trust")
    return [
        {
            "trust": user.person.trust.name,
            "school": user.person.school.name,
            "name": user.person.name,
            "email": user.email,
            "offices": sorted(offices.get(user.person_id, ())),
        }
        for user in users.order_by("person__trust__name", "person__school__name", "person__key")
    ]
