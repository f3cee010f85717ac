"""Acts that write several records: whoever comes second waits for all of them, and reads them as they are then."""

import threading

import pytest
from django.db import connection, connections, transaction

from casework.models import Case, Part
from casework.workflow.cases import close_case, join_case, open_part
from casework.workflow.parts import reopen_part
from incidents.models import Concern
from incidents.workflow.reporting import name_person
from incidents.workflow.triage import answer_threshold, confirm_conflict
from schools.acts import Refused
from schools.models import Exclusion
from schools.workflow.people import end_relation, relate
from tests import states

pytestmark = pytest.mark.django_db(transaction=True)
BLOCKED = "SELECT count(*) FROM pg_locks WHERE NOT granted"


class Second(threading.Thread):
    """Somebody else who acts at the same time, on a connection of their own."""

    def __init__(self, what, thing, **answers):
        super().__init__()
        self.what, self.thing, self.answers, self.went_wrong = what, thing, answers, None

    def run(self):
        try:
            self.what(self.thing, **self.answers)
        except Exception as wrong:  # told to whoever waits for it
            self.went_wrong = wrong
        finally:
            connections.close_all()

    def until_it_waits(self) -> None:
        """Go on once it waits for us; where only one transaction writes at a time, it cannot but wait."""
        while connection.vendor == "postgresql" and self.is_alive():
            with connection.cursor() as cursor:
                cursor.execute(BLOCKED)
                if cursor.fetchone()[0]:
                    return

    def ended(self) -> None:
        self.join()
        if self.went_wrong:
            raise self.went_wrong


def at_once(first, second: Second) -> None:
    """Let two acts overlap: the first is done and not yet complete when the second begins."""
    with transaction.atomic():
        first()
        second.start()
        second.until_it_waits()
    second.ended()


def test_a_case_that_is_closed_keeps_what_is_decided_in_its_concerns_meanwhile(cast, at):
    case, second = states.settled_case(cast, at=at), states.settled(states.triaged(cast, at=at), cast, at=at)
    join_case(second, by=cast.dee, at=at, case=case)
    told = {"answer": "low_level_concern", "consulted": cast.dee.person, "reason": "No child came to harm."}
    ends = {"outcome": "reply_or_meet", "reason": "We met him."}
    closing = Second(close_case, case, by=cast.harriet, at=at + states.DAY, **ends)
    at_once(lambda: answer_threshold(second, by=cast.harriet, at=at + states.HOUR, **told), closing)
    kept = Concern.objects.get(pk=second.pk)
    assert (kept.threshold, kept.status) == ("low_level_concern", "finished")


def test_a_part_opened_while_somebody_is_named_is_kept_from_them(cast, at):
    case, second = states.in_case(cast, at=at), states.answered(cast, at=at)
    join_case(second, by=cast.dee, at=at, case=case)
    dot = [{"name": "Dot Evans", "kind": "staff", "part": "subject"}]
    opening = {"by": cast.harriet, "at": at + states.DAY, "lane": "safeguarding", "about": None, "about_name": "Kit"}
    at_once(
        lambda: name_person(second, by=cast.dee, at=at + states.DAY, people=dot),
        Second(open_part, case, **opening),
    )
    part = case.parts.get()
    assert Exclusion.objects.filter(record=part.record, person=cast.dot.person, grade=Exclusion.HIDDEN).exists()


def closable(cast, at):
    """A case of which nothing is open, with one part that is closed."""
    case = states.settled_case(cast, at=at)
    return case, states.closed_part(cast, at=at, case=case)


def test_a_case_is_not_closed_over_a_part_that_is_opened_again_meanwhile(cast, at):
    case, part = closable(cast, at)
    closing = Second(close_case, case, by=cast.harriet, at=at + 2 * states.DAY)
    with pytest.raises(Refused, match=r"^Close each of its parts first\.$"):
        at_once(lambda: reopen_part(part, by=cast.dee, at=at + states.DAY, reason="A second picture."), closing)
    assert (Case.objects.get().status, Part.objects.get().status) == ("open", "open")


def test_a_part_is_not_opened_again_in_a_case_that_is_closed_meanwhile(cast, at):
    case, part = closable(cast, at)
    opening = Second(reopen_part, part, by=cast.dee, at=at + 2 * states.DAY, reason="A second picture.")
    with pytest.raises(Refused, match=r"^Open the case again first\.$"):
        at_once(lambda: close_case(case, by=cast.harriet, at=at + states.DAY), opening)
    assert (Case.objects.get().status, Part.objects.get().status) == ("closed", "closed")


def test_a_relation_that_ends_waits_for_what_is_written_where_it_counts(cast, at):
    concern = states.triaged(cast, at=at)
    tie = relate(cast.oakfield, by=cast.ada, at=at, person=cast.hugh.person, to=cast.sam.person, kind="sibling_of")
    row = Exclusion.objects.get(record=concern.record, person=cast.hugh.person)
    lifting = {"exclusion": row, "answer": "confirm", "reason": "They are brothers."}
    ending = Second(end_relation, cast.oakfield, by=cast.ada, at=at + states.DAY, relation=tie, reason="No.")
    at_once(lambda: confirm_conflict(concern, by=cast.dee, at=at + states.HOUR, **lifting), ending)
    assert states.words(Exclusion.objects.get(pk=row.pk)).reason == "They are brothers."
    assert states.lines(concern)[-2:] == ["conflict.confirmed", "conflict.worked_out"]


def test_an_act_gives_back_a_thing_that_knows_its_last_line(cast, at):
    done = states.closed(cast, at=at)
    assert done.record.head.seq == done.record.entries.count()
    assert done.record.head.hash == done.record.entries.order_by("-seq").first().hash
