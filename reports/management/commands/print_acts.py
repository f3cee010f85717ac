"""`print_acts`: the page of all acts, who may do them, and how things move."""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from reports import printed_acts

PAGE = Path("docs") / "acts.md"
DIFFERS = 1


class Command(BaseCommand):
    help = (
        "Write docs/acts.md: who reads what, every role against every act, what each act asks, how things move, and "
        "whom each address lets in. With --check write nothing and end with 1 when the page says something else."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="compare the page and change nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON document and write nothing")

    def handle(self, *args, **options):
        path = settings.BASE_DIR / PAGE
        if options["json"]:
            self.stdout.write(json.dumps(printed_acts.as_data(), ensure_ascii=False, indent=1))
            return
        made = printed_acts.document()
        if options["check"]:
            self._compare(path, made)
            return
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8")
        self.stdout.write(f"{PAGE} is written.")

    def _compare(self, path: Path, made: str) -> None:
        if path.exists() and path.read_text(encoding="utf-8") == made:
            self.stdout.write(f"{PAGE} is up to date.")
            return
        self.stderr.write(f"{PAGE} says something else than the acts do: run ./daybook manage print_acts.")
        sys.exit(DIFFERS)
