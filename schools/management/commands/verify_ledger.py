"""`verify_ledger`: name every change that was made behind our back."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from schools import checkpoints, clock, keyring, verify
from schools.models import Entry, Record
from schools.verify import telling

FOUND, BAD_INPUT = 1, 2


class Command(BaseCommand):
    help = (
        "Compare every line of history, version, row, stored file, password and checkpoint, and name each change that "
        "no act made. Ends with 0 when there is none, 1 when something was found, 2 when the checkpoint or root key "
        "cannot be read."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--checkpoint", metavar="FILE", help="a checkpoint kept outside, whole or as a witness's line"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")
        parser.add_argument(
            "--tell", action="store_true", help="put what is found on the desks of those who confirm offices"
        )

    def handle(self, *args, **options):
        try:
            keyring.check_root_key()
            given = _given(options["checkpoint"])
        except (keyring.RootKeyMissing, OSError, ValueError) as error:
            self.stderr.write(_sentence(options["checkpoint"], error))
            sys.exit(BAD_INPUT)
        found = self._said(verify.findings(checkpoint=given), options)
        if options["tell"]:
            telling.tell(found, at=clock.now())
        if found:
            sys.exit(FOUND)

    def _said(self, findings, options) -> int:
        """Print the findings as they come, or as one document at the end; how many there were."""
        kept = []
        for finding in findings:
            kept.append(finding.as_dict())
            if not options["json"]:
                self.stdout.write(finding.sentence)
        if options["json"]:
            self.stdout.write(json.dumps({"found": len(kept), "findings": kept}, ensure_ascii=False, indent=1))
        elif options["verbosity"]:
            lines, records = Entry.objects.count(), Record.objects.count()
            self.stdout.write(f"{lines} lines of {records} records: {_counted(len(kept))}.")
        return len(kept)


def _given(name: str | None) -> dict | None:
    return None if name is None else checkpoints.read(Path(name).read_text())


def _sentence(name: str, error: Exception) -> str:
    known = isinstance(error, (keyring.RootKeyMissing, checkpoints.NotACheckpoint))
    return str(error) if known else f"{name} cannot be read."


def _counted(found: int) -> str:
    if not found:
        return "nothing was changed behind Daybook's back"
    return "1 change found" if found == 1 else f"{found} changes found"
