"""seed_demo: fill an empty installation with the demonstration, and say who can sign in to it."""

import json

from django.core.management.base import BaseCommand, CommandError

from reports.demo import seeding
from schools.workflow import first_run


class Command(BaseCommand):
    help = "Fill an empty installation with invented trusts, people and concerns. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="only list who can sign in, with the password")
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *, accounts=False, **options):
        if not seeding.is_there() and (accounts or not first_run.is_needed()):
            sentence = "This installation is not a demonstration" + ("." if accounts else ", and it is not empty.")
            raise CommandError(sentence, returncode=2)
        if accounts:
            answer, lines = self._accounts()
        else:
            answer, lines = self._seed()
        self.stdout.write(json.dumps(answer) if options["json"] else "\n".join(lines))

    def _seed(self):
        if seeding.is_there():
            return {"concerns_made": 0}, ["The demonstration is there already: nothing was changed."]
        made = seeding.seed()
        return {"concerns_made": made}, [f"The demonstration is ready, with {made} concerns."]

    def _accounts(self):
        """Everyone who can sign in, under their school, those with an office first."""
        listed, password = seeding.who_signs_in(), seeding.password()
        lines = []
        for school in dict.fromkeys(row["school"] for row in listed):
            lines += ["", school]
            here = [row for row in listed if row["school"] == school]
            for row in sorted(here, key=lambda row: not row["offices"]):
                lines.append(f"  {row['email']:<34}  {row['name']}: {', '.join(row['offices']) or 'no office'}")
        lines += ["", f"Password of them all: {password or '(its file in the data folder is gone)'}"]
        return {"password": password, "accounts": listed}, lines
