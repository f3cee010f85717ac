"""`checkpoint`: sign the state of all records for this quarter of an hour."""

import json
import sys

from django.core.management.base import BaseCommand

from schools import checkpoints, clock, keyring

BAD_INPUT = 2


class Command(BaseCommand):
    help = (
        "Sign the state of all records for this quarter of an hour, and print the line to give to a witness. "
        "With --json, print the whole document, to be kept outside and given to verify_ledger --checkpoint."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print the whole document as JSON")

    def handle(self, *args, **options):
        try:
            keyring.check_root_key()
        except keyring.RootKeyMissing as missing:
            self.stderr.write(str(missing))
            sys.exit(BAD_INPUT)
        made = checkpoints.make(clock.machine_now())
        if options["json"]:
            self.stdout.write(json.dumps(checkpoints.document(made)))
        else:
            self.stdout.write(checkpoints.witness_line(made))
