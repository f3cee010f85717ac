"""`backup`: copies the installation while it runs, the records first and the key ring apart."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reports import backups
from schools import clock

BAD_INPUT = 2


class Command(BaseCommand):
    help = (
        "Copy records and files into DIR/records and the key ring into DIR/keyring, or where --keyring says. Keep the "
        "two in different places, and the key ring no longer than thirty days: only then is what was destroyed gone "
        "from the copies too. The root key is not copied."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="a new or empty folder")
        parser.add_argument("--keyring", metavar="DIR", type=Path, help="another folder for the key ring")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, folder, **options):
        keys = options["keyring"] or folder / "keyring"
        try:
            made = backups.make(folder / "records", keys=keys, at=clock.machine_now())
        except (backups.Unusable, OSError) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        if options["json"]:
            self.stdout.write(json.dumps(made, indent=1))
        elif options["verbosity"]:
            count = len(made["records"]["files"]) - 1
            self.stdout.write(f"Records and {count} files are in {folder / 'records'}, the key ring is in {keys}.")
