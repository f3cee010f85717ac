"""The chores: each does its own part and only that, twice does no harm, and one that fails keeps no other back."""

import io
import json
import os
import socket
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from schools import chores, clock, drafts, files, keyring, ledger, notices, records
from schools.models import Checkpoint, Draft, ItemKey, Receipt, RecordKey, Upload
from schools.roles import Kind
from schools.sessions import SessionStore
from tests import states
from tests.schools.postbox import Postbox

NAMES = [
    "notices mailed",
    "old drafts forgotten",
    "unused uploads removed",
    "stray files removed",
    "old receipts removed",
    "ended sessions removed",
    "keys without a record removed",
    "destructions finished",
    "checkpoints made",
    "witnesses written to",
    "lost jobs put back",
    "finished jobs forgotten",
    "pages moved out of the write-ahead log",
    "finished copies erased",
]


def tick(**options) -> str:
    out = io.StringIO()
    call_command("tick", stdout=out, **options)
    return out.getvalue()


def job(status, *, started=None, finished=None) -> DBTaskResult:
    now = clock.machine_now()
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="reports.jobs.print_paper",
        backend_name="default",
        run_after=now,
        started_at=started and now - started,
        finished_at=finished and now - finished,
        exception_class_path="",
        traceback="",
    )


@pytest.mark.django_db
class TestEachChore:
    def test_drafts_go_after_seven_days(self, cast, at):
        drafts.keep(cast.tom, "report", "", {"a": ["1"]}, at - timedelta(days=7, minutes=1))
        drafts.keep(cast.dee, "report", "", {"a": ["1"]}, at - timedelta(days=6, hours=23))
        assert chores.forget_drafts(at) == 1
        assert [draft.user for draft in Draft.objects.all()] == [cast.dee]

    def test_files_wait_with_their_keys_as_long_as_the_form_they_came_with(self, cast, at):
        now = clock.machine_now()
        old, young = (states.upload(cast.tom) for _ in range(2))
        for upload, age in ((old, timedelta(days=7, minutes=1)), (young, timedelta(days=6, hours=23))):
            Upload.objects.filter(pk=upload.pk).update(received_at=now - age)
            ItemKey.objects.filter(item_id=upload.pk).update(made_at=now - age)
        assert chores.sweep_uploads(at) == 1
        chores.sweep_orphan_keys(at.replace(minute=0))
        assert list(Upload.objects.values_list("pk", flat=True)) == [young.pk]
        assert list(ItemKey.objects.values_list("item_id", flat=True)) == [young.pk]

    def test_receipts_go_after_fourteen_days_of_the_machines_clock(self, cast, at):
        for token, age in (("old", timedelta(days=15)), ("new", timedelta(days=13))):
            Receipt.objects.create(user=cast.tom, token=token, act="report", made_at=clock.machine_now() - age)
        assert chores.sweep_receipts(at) == 1
        assert [receipt.token for receipt in Receipt.objects.all()] == ["new"]

    def test_stray_files_are_looked_for_in_the_first_minutes_of_an_hour(self, at, settings, tmp_path):
        settings.STORAGE_URL = f"file://{tmp_path}"
        files.store().save("new", io.BytesIO(b"written a moment ago: somebody may yet name it"))
        assert chores.sweep_strays(at) == 0
        half = tmp_path / files.RECEIVING / "half"
        half.parent.mkdir(exist_ok=True)
        for path in (half, tmp_path / "old"):
            path.write_bytes(b"left by a crash")
            two_days_ago = (clock.machine_now() - timedelta(days=2)).timestamp()
            os.utime(path, (two_days_ago, two_days_ago))
        assert chores.sweep_strays(at.replace(minute=2)) == 0
        assert chores.sweep_strays(at.replace(minute=1)) == 2
        assert list(files.store().names()) == ["new"]

    def test_a_key_goes_a_day_after_it_was_made_when_nothing_came_of_it(self, cast, at):
        drafts.keep(cast.tom, "report", "", {"a": ["1"]}, at)
        record = records.prepare(Kind.CONCERN, trust=cast.trust, school=cast.oakfield, pack=None, at=at)
        with transaction.atomic():
            ledger.begin(record, verb="concern.reported", by=cast.tom, at=at)
        kept = set(RecordKey.objects.values_list("record_id", flat=True))
        orphan, young = uuid.uuid4(), uuid.uuid4()
        keyring.make_record_key(orphan)
        RecordKey.objects.update(made_at=clock.machine_now() - timedelta(days=2))
        keyring.make_record_key(young)
        assert chores.sweep_orphan_keys(at.replace(minute=30)) == 0
        assert chores.sweep_orphan_keys(at) == 1
        assert set(RecordKey.objects.values_list("record_id", flat=True)) == kept | {young}

    def test_ended_sessions_go(self, at):
        ended, running = SessionStore(), SessionStore()
        ended.create()
        Session.objects.update(expire_date=clock.machine_now() - timedelta(seconds=1))
        running.create()
        assert dict(chores.CHORES)["ended sessions removed"](at) == 1
        assert SessionStore(running.session_key).exists(running.session_key)

    def test_one_checkpoint_is_made_in_a_quarter_of_an_hour_by_the_machines_clock(self, cast, at):
        assert chores.make_checkpoint(at) == 1
        made = Checkpoint.objects.get()
        assert abs(made.made_at - clock.machine_now()) < timedelta(minutes=1)
        # Made in the last moment of a quarter, the next call may rightly make the next: never a third.
        again = chores.make_checkpoint(at) + chores.make_checkpoint(at)
        assert again <= 1
        assert Checkpoint.objects.count() == 1 + again

    def test_a_job_without_an_end_after_ten_minutes_is_put_back(self, at):
        lost = job("RUNNING", started=timedelta(minutes=11))
        running = job("RUNNING", started=timedelta(minutes=9))
        ended = job("FAILED", started=timedelta(hours=1), finished=timedelta(minutes=50))
        assert chores.put_back_lost_jobs(at) == 1
        assert chores.put_back_lost_jobs(at) == 0
        states = {row.pk: row.status for row in DBTaskResult.objects.all()}
        assert states == {lost.pk: "READY", running.pk: "RUNNING", ended.pk: "FAILED"}

    def test_finished_jobs_go_after_fourteen_days(self, at):
        job("SUCCESSFUL", finished=timedelta(days=15))
        kept = job("SUCCESSFUL", finished=timedelta(days=13))
        waiting = job("READY")
        assert chores.forget_finished_jobs(at) == 1
        assert set(DBTaskResult.objects.all()) == {kept, waiting}


class TestTick:
    @pytest.fixture
    def postbox(self, settings):
        box = Postbox()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box
        box.close()

    @pytest.mark.django_db(transaction=True)
    def test_every_chore_is_done_once_and_says_what_it_did(self, cast, at, postbox, settings):
        settings.WITNESSES = ["witness@elsewhere.example"]
        with transaction.atomic():
            notices.tell(cast.ada.person, record=None, what="cover", at=at)
        told = json.loads(tick(at=at.isoformat(), json=True))
        assert told["at"] == "2026-11-23T08:00:00+00:00"
        assert [result["chore"] for result in told["chores"]] == NAMES
        done = {result["chore"]: result["done"] for result in told["chores"]}
        assert (done["notices mailed"], done["checkpoints made"], done["witnesses written to"]) == (1, 1, 1)
        recipients = [recipients for recipients, _ in postbox.received]
        assert recipients == [("ada.brook@oakfield.example",), ("witness@elsewhere.example",)]
        again = {result["chore"]: result["done"] for result in json.loads(tick(at=at.isoformat(), json=True))["chores"]}
        assert (again["notices mailed"], again["witnesses written to"]) == (0, 0)
        assert len(postbox.received) == 2

    @pytest.mark.django_db(transaction=True)
    def test_a_chore_that_fails_is_named_and_the_others_are_done(self, cast, at, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))  # bound and not listening: whoever calls is refused
            settings.EMAIL_HOST, settings.EMAIL_PORT = nobody.getsockname()
            settings.WITNESSES = ["witness@elsewhere.example"]
            job("RUNNING", started=timedelta(hours=1))
            with pytest.raises(CommandError, match=r"^Not done: witnesses written to\.$") as refused:
                tick(at=at.isoformat())
        assert refused.value.returncode == 1
        assert DBTaskResult.objects.get().status == "READY"

    @pytest.mark.django_db(transaction=True)
    def test_the_write_ahead_log_is_emptied(self, cast, at):
        if connection.vendor == "postgresql":
            assert chores.empty_write_ahead_log(at) == 0
            return
        log = Path(f"{connection.settings_dict['NAME']}-wal")
        assert log.stat().st_size > 0
        tick(at=at.isoformat())
        assert log.stat().st_size == 0

    @pytest.mark.django_db
    def test_a_dry_run_names_every_chore_and_does_none(self, cast, at):
        drafts.keep(cast.tom, "report", "", {"a": ["1"]}, at - timedelta(days=30))
        assert tick(at=at.isoformat(), dry_run=True).split("\n") == [*NAMES, ""]
        assert Draft.objects.count() == 1
        assert Checkpoint.objects.count() == 0

    @pytest.mark.parametrize("typed", ["yesterday", "2026-11-23", "2026-11-23T08:00", "31/12/2026 08:00+00:00"])
    def test_a_time_that_is_none_is_refused_in_one_sentence(self, typed):
        with pytest.raises(CommandError, match=r"^--at needs a time such as .*\.$") as refused:
            tick(at=typed)
        assert refused.value.returncode == 2
