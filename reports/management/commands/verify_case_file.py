"""`verify_case_file`: check a case file that left, with nothing but the file: no database, no keys, no network."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand

from reports import proof
from schools import checkpoints

FOUND, BAD_INPUT = 1, 2
MASKED = "Each line is here by its fingerprint alone, since a name is left out: compare them with another copy."


class Command(BaseCommand):
    help = (
        "Check that a case file is as it was made: its pages, the files inside, the chain of each history and the "
        "checkpoint at the foot of each page. Ends with 0 when it is, 1 when something was changed, 2 when it is no "
        "case file."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="the PDF")
        parser.add_argument("--checkpoint", metavar="FILE", help="a checkpoint kept outside, to compare with")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, file, checkpoint, **options):
        try:
            witness = checkpoints.read(Path(checkpoint).read_text("utf-8")) if checkpoint else None
            checked = proof.check(Path(file).read_bytes(), witness=witness)
        except (proof.NotACaseFile, checkpoints.NotACheckpoint) as why:
            self._end(str(why))
        except (OSError, UnicodeDecodeError) as error:
            self._end(f"{getattr(error, 'filename', None) or checkpoint} cannot be read.")
        self.stdout.write(json.dumps(asdict(checked)) if options["json"] else "\n".join(_sentences(checked)))
        if checked.faults:
            sys.exit(FOUND)

    def _end(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(BAD_INPUT)


def _sentences(checked: proof.Checked) -> list[str]:
    lines = [
        f"{record['ref']}: {record['last']} lines of history, the last {record['hash']}" for record in checked.records
    ]
    mark = checked.checkpoint
    footer = f"Checkpoint {mark['number']}, root {mark['root']}" if mark else "No checkpoint had been made."
    verdict = checked.faults or ["The pages, the files inside and the history are those that were signed."]
    return [
        f"Copy {checked.paper} of {checked.covers}",
        *lines,
        *([MASKED] if checked.masked_lines else []),
        footer,
        f"Signed with the key {checked.public_key}: compare it with the one your witnesses keep.",
        f"SHA-256 of this file {checked.sha256}: compare it with the line in the history that says the copy was made.",
        *verdict,
    ]
