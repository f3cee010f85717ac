"""`print_case_file`: ask for a copy of a case or of one part of it, make it, fetch it and write it to a file."""

import json
import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from casework.models import Case, Part
from reports import jobs, workflow
from reports.models import Paper
from reports.terms import terms
from schools import checkpoints, clock, files, references, sealing
from schools.access import Viewer
from schools.acts import Denied, Refused
from schools.models import User
from schools.typed_dates import read_iso_day

BAD_INPUT = 2


class Command(BaseCommand):
    help = (
        "Print a case, or one part of it, for one person, as somebody who may: three lines are left in the history of "
        "everything that is printed, as on the page."
    )

    def add_arguments(self, parser):
        parser.add_argument("ref", metavar="REF", help="the reference of a case or of one of its parts")
        parser.add_argument("--audience", required=True, help=f"the kind of copy: {', '.join(terms().audiences)}")
        parser.add_argument("--purpose", required=True, metavar="TEXT", help="what it is needed for, in one sentence")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="the account that asks for it")
        parser.add_argument("--out", required=True, metavar="FILE", help="where to write it; must not be there yet")
        parser.add_argument("--recipient", metavar="TEXT", help="for whom, name and post; else whoever asks")
        parser.add_argument("--ground", default="public_task", help=f"one of {', '.join(terms().grounds)}")
        parser.add_argument("--destroy-by", metavar="DAY", help="until when it may be kept, as 2026-12-21")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *, ref, by, out, **options):
        account = User.objects.filter(email__iexact=by, is_active=True).first()
        if account is None:
            raise CommandError(f"There is no account “{by}”.", returncode=BAD_INPUT)
        subject = _subject(ref, Viewer(account, clock.now()))
        if subject is None:
            raise CommandError(f"There is no case or part “{ref}” that {by} may see.", returncode=BAD_INPUT)
        target = Path(out)
        if target.exists() or not target.parent.is_dir():
            raise CommandError(f"{out} is there already, or its folder is not.", returncode=BAD_INPUT)
        try:
            paper, content = _printed(subject, account, **_answers(account, **options))
        except (Denied, Refused) as refusal:
            raise CommandError(str(refusal), returncode=BAD_INPUT) from refusal
        _write(target, content)
        self._say(paper, target, as_json=options["json"])

    def _say(self, paper: Paper, target: Path, *, as_json: bool) -> None:
        until = paper.destroy_by_on.isoformat()
        if as_json:
            said = {"paper": paper.ref, "file": str(target), "sha256": paper.sha256, "destroy_by": until}
            self.stdout.write(json.dumps(said))
        else:
            self.stdout.write(f"{target}: copy {paper.ref} of {paper.covers}, to be destroyed by {until}.")


def _subject(ref: str, viewer: Viewer) -> Case | Part | None:
    tidy = references.tidy(ref)
    kinds = (Case, Part) if tidy else ()
    found = (kind.objects.visible_to(viewer).select_related("record").filter(ref=tidy).first() for kind in kinds)
    return next(filter(None, found), None)


def _answers(account: User, *, audience, purpose, recipient, ground, destroy_by, **rest) -> dict:
    try:
        until = read_iso_day(destroy_by) if destroy_by else None
    except ValueError as error:
        raise CommandError(f"“{destroy_by}” is not a day: write it as 2026-12-21.", returncode=BAD_INPUT) from error
    said = {"recipient": recipient or account.person.name, "purpose": purpose.strip(), "audience": audience}
    if not said["purpose"]:
        raise CommandError("Say in --purpose what the copy is needed for.", returncode=BAD_INPUT)
    return said | {"legal_ground": ground, "destroy_by_on": until}


def _printed(subject, account: User, **answers) -> tuple[Paper, bytes]:
    """The copy, asked for, made and fetched, and the bytes of its file."""
    checkpoints.make(clock.machine_now())
    ask = workflow.ask_for_paper if isinstance(subject, Case) else workflow.ask_for_part_paper
    asked = ask(subject, by=account, at=clock.now(), **answers)
    jobs.print_paper.func(str(asked.pk))
    paper = Paper.objects.select_related("case", "part", "record").get(pk=asked.pk)
    if paper.status != Paper.READY:
        raise CommandError(sealing.open_row(paper).trouble, returncode=1)
    workflow.fetch_paper(paper, by=account, at=clock.now(), promise="yes")
    return paper, b"".join(files.open_item(paper.pk, paper.stored_as))


def _write(target: Path, content: bytes) -> None:
    """Readable by nobody but who ran the command."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
