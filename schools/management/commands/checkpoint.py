"""`checkpoint`: sign the state of all records for this quarter of an hour."""

import json

from django.core.management.base import BaseCommand

from schools import checkpoints, clock


class Command(BaseCommand):
    help = (
        "Sign the state of all records for this quarter of an hour, and print the line to give to a witness. "
        "With --json, print the whole document, to be kept outside and given to verify_ledger --checkpoint."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print the whole document as JSON")

    def handle(self, *args, **options):
        made = checkpoints.make(clock.machine_now())
        if options["json"]:
            self.stdout.write(json.dumps(checkpoints.document(made)))
        else:
            self.stdout.write(checkpoints.witness_line(made))
