"""What has to be done again and again without anybody asking: each is safe to repeat and to be cut off half way."""

from datetime import timedelta

from django.db import connection
from django_tasks_db.models import DBTaskResult, TaskResultStatus

from schools import checkpoints, clock, drafts, keyring, notices, sessions, tombstone, uploads
from schools.models import Draft, Receipt, Record

RECEIPTS_KEPT = timedelta(days=14)
FINISHED_JOBS_KEPT = timedelta(days=14)
UNCLAIMED_KEPT = timedelta(days=1)
JOB_IS_LOST_AFTER = timedelta(minutes=10)
# What reads every file or every key is done in the first minutes of an hour: in two, for one may be missed.
FIRST_MINUTES = 2
TOGETHER = 500


def forget_drafts(at) -> int:
    return drafts.sweep(at - drafts.LASTS)


def sweep_uploads(at) -> int:
    """As long as the form that they came with may be kept."""
    return uploads.sweep(clock.machine_now() - drafts.LASTS)


def sweep_strays(at) -> int:
    return uploads.sweep_strays(clock.machine_now() - UNCLAIMED_KEPT) if at.minute < FIRST_MINUTES else 0


def sweep_receipts(at) -> int:
    return Receipt.objects.filter(made_at__lt=clock.machine_now() - RECEIPTS_KEPT).delete()[0]


def sweep_orphan_keys(at) -> int:
    if at.minute >= FIRST_MINUTES:
        return 0
    now = clock.machine_now()
    return keyring.sweep_orphans(now - UNCLAIMED_KEPT, files_before=now - drafts.LASTS, known_records=_owners)


def _owners(record_ids):
    """Which of these keys belong to a record or a draft that is there."""
    ids, known = list(record_ids), set()
    for start in range(0, len(ids), TOGETHER):
        some = ids[start : start + TOGETHER]
        known |= set(Record.objects.filter(pk__in=some).values_list("pk", flat=True))
        known |= set(Draft.objects.filter(pk__in=some).values_list("pk", flat=True))
    return known


def make_checkpoint(at) -> int:
    """Counted from the machine's clock: a demonstration's would have checkpoints before their lines."""
    now = clock.machine_now()
    return int(checkpoints.make(now).made_at >= now)


def put_back_lost_jobs(at) -> int:
    lost = DBTaskResult.objects.running().filter(started_at__lt=clock.machine_now() - JOB_IS_LOST_AFTER)
    return lost.update(status=TaskResultStatus.READY, started_at=None)


def forget_finished_jobs(at) -> int:
    return DBTaskResult.objects.finished().filter(finished_at__lt=clock.machine_now() - FINISHED_JOBS_KEPT).delete()[0]


def empty_write_ahead_log(at) -> int:
    """How many pages went from SQLite's write-ahead log into the database; none on PostgreSQL."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _busy, _left, moved = cursor.fetchone()
    return max(moved, 0)


CHORES = [
    ("notices mailed", notices.send_due),
    ("old drafts forgotten", forget_drafts),
    ("unused uploads removed", sweep_uploads),
    ("stray files removed", sweep_strays),
    ("old receipts removed", sweep_receipts),
    ("ended sessions removed", sessions.sweep),
    ("keys without a record removed", sweep_orphan_keys),
    ("destructions finished", tombstone.finish),
    ("checkpoints made", make_checkpoint),
    ("witnesses written to", checkpoints.mail_witnesses),
    ("lost jobs put back", put_back_lost_jobs),
    ("finished jobs forgotten", forget_finished_jobs),
    ("pages moved out of the write-ahead log", empty_write_ahead_log),
]
