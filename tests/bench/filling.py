"""Fills the scratch installation: two hundred concerns through the acts, then copies of them until there are enough."""

import gc
from collections import defaultdict
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, connections, transaction
from django.db.models import QuerySet

from incidents.models import Concern
from schools import search
from schools.models import Head, Record, RecordKey, SearchWords
from tests.bench import stories
from tests.bench.copies import Copier, Copy
from tests.bench.originals import story_of
from tests.bench.people import Trust

PLAYED = 200
BATCH = 100
RARE_EVERY = 500
YEARS_KEPT = timedelta(days=1000)
STILL_OPEN = timedelta(days=30)


class Register:
    """A register of concerns that grows.

    trust: whose. now: the moment before which everything happened.
    """

    def __init__(self, trust: Trust, *, now: datetime):
        self.trust, self.now = trust, now
        self.count = 0
        self._stories = defaultdict(list)
        self._dice = stories.dice(1)

    def play(self, numbers=range(PLAYED)) -> None:
        """Let the first ones happen, through the acts.

        numbers: which of the two hundred.
        """
        for number in numbers:
            at = self.now - timedelta(days=3) + timedelta(minutes=number)
            played = stories.play(self.trust, number, at=at)
            self._stories[played.ending].append(story_of(Record.objects.get(pk=played.concern.pk)))
        self.count = len(numbers)
        self._copier = Copier(Record.objects.values_list("ref", flat=True))

    def grow(self, to: int) -> None:
        """Copy until there are so many concerns.

        to: how many.
        """
        with quickly():
            while self.count < to:
                self.copy(min(BATCH, to - self.count))
        numbers_go_on()

    def copy(self, more: int) -> None:
        """Keep some more copies.

        more: how many.
        """
        self._copier.count_on()
        keep([self._one_more(self.count + number) for number in range(more)])
        self.count += more

    def _one_more(self, number: int) -> Copy:
        ending = self._dice.choices(list(stories.SHARES), weights=stories.SHARES.values())[0]
        span = YEARS_KEPT if ending in (stories.FINISHED, stories.ABOUT_STAFF) else STILL_OPEN
        narrative = stories.words(number)
        if number % RARE_EVERY == 0:
            narrative = f"{narrative} {stories.RARE}"
        story = self._dice.choice(self._stories[ending])
        return self._copier.copy(story, later=-span * self._dice.random(), narrative=narrative)


def keep(copies: list[Copy]) -> None:
    """Write a batch of copies, keys first."""
    QuerySet(RecordKey, using="keyring").bulk_create([key for one in copies for key in one.keys])
    rows = defaultdict(list)
    for one in copies:
        for model, found in one.rows.items():
            rows[model] += found
    with transaction.atomic():
        for model in sorted(rows, key=lambda model: (model is not Record, model is not Concern, not _is_first(model))):
            QuerySet(model).bulk_create(rows[model], batch_size=500)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                found = [(row.pk, row.tokens, row.beginnings) for row in rows[SearchWords]]
                cursor.executemany(search.PUT, found)


def _is_first(model) -> bool:
    return model is Head


@contextmanager
def quickly():
    """Filling may be lost in a power cut, and leaves no rings to be looked for; nothing measured runs like this."""
    if connection.vendor == "sqlite":
        _pragma("synchronous=OFF")
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        connections.close_all()


def _pragma(words: str) -> None:
    for one in connections.all():
        with one.cursor() as cursor:
            cursor.execute(f"PRAGMA {words}")


def numbers_go_on() -> None:
    """After rows were written with numbers of their own, PostgreSQL counts on from the highest."""
    if connection.vendor != "postgresql":
        return
    from django.apps import apps
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)
