"""`restore`: puts a backup into an empty installation, and into no other."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reports import backups
from schools import keyring

SOMETHING_FOUND, BAD_INPUT = 1, 2


class Command(BaseCommand):
    help = (
        "Put back what `backup` copied: every file is proved unchanged first, and nothing is ever written over. The "
        "root key must be there already. Run verify_ledger afterwards."
    )
    # An empty installation has nothing yet that could be checked.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="the folder that `backup` was given")
        parser.add_argument("--keyring", metavar="DIR", type=Path, help="where the key ring is, if apart")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, folder, **options):
        try:
            back = backups.put_back(folder / "records", keys=options["keyring"] or folder / "keyring")
        except (backups.Unusable, OSError) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except keyring.RootKeyMissing as error:
            raise CommandError(
                f"Everything is back, and cannot be read: {error}", returncode=SOMETHING_FOUND
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps(back, indent=1))
        elif options["verbosity"]:
            count = len(back["records"]["files"]) - 1
            self.stdout.write(f"The records of {back['records']['made_at']} and {count} files are back.")
