"""check_policy: every mistake in a policy file as a sentence with its line, and the schema of such a file."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from schools import policy


class Command(BaseCommand):
    help = (
        "Check a policy file: every mistake as one sentence with its line. Exit 0 when there is none, 1 when there are."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", help="the policy file (TOML)")
        parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a policy file, for editors")
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *, path, **options):
        if options["schema"]:
            self.stdout.write(json.dumps(policy.json_schema(), ensure_ascii=False, indent=1))
            return
        if path is None:
            raise CommandError("Name the policy file to check.", returncode=2)
        try:
            text = Path(path).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path} cannot be read as a text file in UTF-8.", returncode=2) from error
        found = policy.problems(text)
        if options["json"]:
            self.stdout.write(json.dumps([problem._asdict() for problem in found]))
        else:
            for problem in found:
                self.stdout.write(f"line {problem.line}: {problem.sentence}")
            if not found:
                self.stdout.write("This policy can be adopted.")
        if found:
            raise SystemExit(1)
