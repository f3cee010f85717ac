"""Telling people that something waits for them: on their desk, and by a mail of a reference and nothing else."""

import logging
from collections import defaultdict
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q

from schools import clock
from schools.access import Viewer
from schools.models import Notice, Person, Record, sight

SUBJECT = "Daybook: something waits for you"
log = logging.getLogger(__name__)


def tell(person: Person, *, record: Record | None, what: str, due_at=None, basis: str = "", at) -> Notice:
    """Let a person know that something waits for them, inside the act that made it wait.

    record: what it is about, or None. what: what is asked of them, in a few words that hold no name of anybody in the
    record. due_at: by when. basis: whether the time is the law, the policy or our suggestion ("statute", "policy",
    "default"), or that a limit was reached. at: when.
    """
    return Notice.objects.create(person=person, record=record, what=what, due_at=due_at, basis=basis, made_at=at)


def tell_each(record: Record, asked: dict, *, what: str, at) -> list[Notice]:
    """Let several people know the same of one record at once.

    asked: by person, by when and on whose word it is asked of them. what, at: as in `tell`.
    """
    rows = [
        Notice(person_id=person, record=record, what=what, due_at=due_at, basis=basis, made_at=at)
        for person, (due_at, basis) in asked.items()
    ]
    return Notice.objects.bulk_create(rows)


def waiting_for(viewer: Viewer):
    """What waits for this person now and may be seen by them, most urgent first."""
    return _seen_by(viewer).order_by(F("due_at").asc(nulls_last=True), "made_at", "pk")


def done(record: Record, person: Person | None, what: str, at) -> int:
    """Take off the desk what was asked about a record: of one person, or of everybody it was asked of (None)."""
    asked = Notice.objects.filter(record=record, what=what, done_at__isnull=True)
    if person is not None:
        asked = asked.filter(person=person)
    return asked.update(done_at=at)


def send_due(at) -> int:
    """Mail each notice that was not mailed yet to whoever may still see its record; returns how many went out.

    at: the moment at which sight is judged. What cannot be sent stays, for the next time. Without a mail server nothing
    is tried.
    """
    if not settings.EMAIL_HOST:
        return 0
    connection = get_connection()
    sent = failed = 0
    for user, notices in _unsent():
        seen = _seen_by(Viewer(user, at)).filter(pk__in=[notice.pk for notice in notices])
        for notice in seen.select_related("record"):
            if _mail(notice, user.email, connection):
                sent += Notice.objects.filter(pk=notice.pk, sent_at__isnull=True).update(sent_at=clock.machine_now())
            else:
                failed += 1
    if failed:
        log.warning("%s notices could not be mailed; they are tried again at the next run", failed)
    return sent


def _seen_by(viewer: Viewer):
    mine = Notice.objects.filter(person_id=viewer.person_id, done_at__isnull=True)
    return mine.filter(Q(record__isnull=True) | sight(viewer, "record__"))


def _unsent():
    """The notices not mailed yet, by the account that will get them; without an account there is nothing to open."""
    waiting = Notice.objects.filter(sent_at__isnull=True, done_at__isnull=True, person__user__is_active=True)
    by_user = defaultdict(list)
    for notice in waiting.select_related("person__user").order_by("made_at", "pk"):
        by_user[notice.person.user].append(notice)
    return by_user.items()


def _mail(notice: Notice, address: str, connection) -> bool:
    address_of_desk = settings.PUBLIC_URL or f"http://{settings.HOST}:{settings.PORT}"
    lines = [notice.record.ref] if notice.record else []
    message = EmailMessage(
        subject=SUBJECT,
        body="\n".join([*lines, f"{address_of_desk.rstrip('/')}/", ""]),
        to=[address],
        # The same notice has the same number, so that a mail sent twice after a crash is seen to be one.
        headers={"Message-ID": f"<{notice.pk}@daybook>"},
        connection=connection,
    )
    try:
        return bool(message.send())
    except (OSError, SMTPException):
        return False
