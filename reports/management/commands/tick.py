"""`tick`: every chore once; the parent process runs it each minute, and running it twice does no harm."""

import importlib
import json
import logging
from datetime import datetime

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import module_has_submodule

from schools import clock

SOMETHING_FOUND, BAD_INPUT = 1, 2
log = logging.getLogger(__name__)


def every_chore() -> list[tuple[str, object]]:
    """The chores of all apps, those of the lowest app first: each a name and a function of the moment."""
    holders = [config.name for config in apps.get_app_configs() if module_has_submodule(config.module, "chores")]
    return [chore for name in holders for chore in getattr(importlib.import_module(f"{name}.chores"), "CHORES", [])]


class Command(BaseCommand):
    help = (
        "Do every chore once: mail notices, sweep what is past its use, make the checkpoint, finish what a crash left. "
        "A chore that fails is named, the others are done all the same, and the command ends with 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("--at", metavar="TIME", help="as if it were this moment (ISO 8601 with its zone)")
        parser.add_argument("--dry-run", action="store_true", help="name the chores and do none")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, at, dry_run, **options):
        moment = _moment(at) if at else clock.now()
        results = [{"chore": name} if dry_run else _done(name, chore, moment) for name, chore in every_chore()]
        if options["json"]:
            self.stdout.write(json.dumps({"at": moment.isoformat(), "chores": results}, indent=1))
        elif options["verbosity"]:
            self.stdout.write("\n".join(_line(result) for result in results))
        failed = [result["chore"] for result in results if "error" in result]
        if failed:
            raise CommandError(f"Not done: {', '.join(failed)}.", returncode=SOMETHING_FOUND)


def _done(name: str, chore, moment: datetime) -> dict:
    try:
        return {"chore": name, "done": chore(moment)}
    except Exception as error:
        # One that fails must not keep the others from being done; the log says where, and carries no one's words.
        log.exception("the chore failed: %s", name)
        return {"chore": name, "error": type(error).__name__}


def _line(result: dict) -> str:
    if "error" in result:
        return f"FAILED {result['chore']}: {result['error']}"
    return f"{result['done']:>6} {result['chore']}" if "done" in result else result["chore"]


def _moment(typed: str) -> datetime:
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise CommandError(f"--at needs a time such as 2026-11-23T08:00+00:00, not “{typed}”.", returncode=BAD_INPUT)
    return moment
