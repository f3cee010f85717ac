"""One cast for every test, and the databases they play on."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=LONDON)  # a Monday in term
ALL_SAINTS = Path(__file__).parent.parent / "schools" / "packs" / "allsaints-2022.toml"


@dataclass
class Cast:
    """Tom teaches, Dee is safeguarding lead, Harriet the head, Hugh runs personnel, Ivan investigates, Grace chairs the
    governors, Priya is data protection officer, Ada administers, Sam is the person it is about, Pat is Sam's partner,
    Olu leads safeguarding at Elmwood and Zoe works for another trust."""

    trust: object
    oakfield: object
    elmwood: object
    central: object
    tom: object
    dee: object
    dot: object
    harriet: object
    hugh: object
    ivan: object
    grace: object
    priya: object
    ada: object
    sam: object
    pat: object
    olu: object
    zoe: object
    now: datetime

    def everyone(self):
        return {name: player for name, player in vars(self).items() if hasattr(player, "person")}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The key ring's few tables as its models are: to go through every migration for them takes seconds a run. SQLite
    answers in reverse where no order was asked for, so that nothing leans on an order that nobody promised."""
    from django.db import connections

    connections["keyring"].settings_dict["TEST"]["MIGRATE"] = False
    for connection in connections.all():
        if connection.vendor == "sqlite":
            connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA reverse_unordered_selects=ON;"


@pytest.fixture(scope="session", autouse=True)
def installation(tmp_path_factory):
    """A root key and a folder for files that belong to this run alone."""
    from django.conf import settings

    folder = tmp_path_factory.mktemp("var")
    settings.ROOT_KEY = base64.b64encode(b"r" * 32).decode()
    settings.STORAGE_URL = f"file://{folder / 'files'}"
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    return folder


def pytest_collection_modifyitems(items):
    for item in items:
        for mark in item.iter_markers("django_db"):
            mark.kwargs.setdefault("databases", ["default", "keyring"])


@pytest.fixture
def cast(db) -> Cast:
    """The people of Oakfield under the All Saints policy, there for more than a year."""
    return whole_cast()


def whole_cast() -> Cast:
    """The cast put into a database that is open already."""
    from schools.roles import Role
    from tests import factories as make

    at = NOW - timedelta(days=400)
    trust = make.trust(at=at)
    central = make.school(trust, "oak-central", "Oak Trust central team", at=at, kind="central")
    oakfield = make.school(
        trust, "oakfield", "Oakfield School", at=at, head_title="Head of School", learner_term="student"
    )
    elmwood = make.school(trust, "elmwood", "Elmwood School", at=at)
    other = make.school(make.trust("ash", "Ash Trust", at=at), "ashfield", "Ashfield School", at=at)
    make.policy_of(trust, ALL_SAINTS.read_text(), at=at)
    players = {
        "tom": make.member(oakfield, "Tom Okoro", at=at, job_title="Teacher of history"),
        "dee": make.member(oakfield, "Dee Marsh", Role.DSL, Role.LEADERSHIP_TEAM, at=at),
        "dot": make.member(oakfield, "Dot Evans", Role.DEPUTY_DSL, at=at),
        "harriet": make.member(oakfield, "Harriet Lowe", Role.HEAD_OF_SCHOOL, Role.LEADERSHIP_TEAM, at=at),
        "hugh": make.member(central, "Hugh Bannerman", Role.HR_LEAD, at=at, whole_trust=True),
        "ivan": make.member(elmwood, "Ivan Petrov", Role.INVESTIGATING_OFFICER, at=at),
        "grace": make.member(
            oakfield, "Grace Adeyemi", Role.CHAIR_OF_LOCAL_BOARD, Role.LOCAL_BOARD, at=at, kind="governor"
        ),
        "priya": make.member(central, "Priya Nair", Role.DPO, at=at, whole_trust=True),
        "ada": make.member(oakfield, "Ada Brook", Role.ADMINISTRATOR, at=at),
        "sam": make.member(oakfield, "Sam Field", at=at, job_title="Teacher of music"),
        "pat": make.member(oakfield, "Pat Field", Role.LEADERSHIP_TEAM, at=at),
        "olu": make.member(elmwood, "Olu Bello", Role.DSL, at=at),
        "zoe": make.member(other, "Zoe Hart", Role.DSL, at=at),
    }
    make.relation(players["pat"].person, players["sam"].person, "partner_of", at=at)
    return Cast(trust=trust, oakfield=oakfield, elmwood=elmwood, central=central, now=NOW, **players)


@pytest.fixture
def at() -> datetime:
    return NOW


@pytest.fixture
def on_the_day(db):
    """The product's own clock stands at NOW and runs on, as in a demonstration, whatever day it is for the machine."""
    from schools import clock
    from schools.models import Installation

    Installation.objects.create(pk=1, is_demo=True, demo_opens_at=NOW, started_at=clock.machine_now())
    clock.forget()
    yield NOW
    clock.forget()
