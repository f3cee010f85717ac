"""One-time codes from the terminal: with one, whoever keeps the machine founds a trust or is the second person."""

import hashlib
import hmac
import secrets
import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.db import transaction

from schools import clock, ledger
from schools.acts import Kept, Refused
from schools.models import Installation, Trust

WRONG = "That is not the code shown in the terminal."
NONE_WAITS = "This code was used already, or none was asked for: whoever keeps the machine gets a fresh one."
TOO_OLD = "This code is more than {hours} hours old and opens nothing: whoever keeps the machine gets a fresh one."
TOO_OFTEN = "After {tries} wrong tries a code opens nothing: whoever keeps the machine gets a fresh one."


@cache
def _data() -> dict[str, int]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@transaction.atomic
def new(*, at) -> str:
    """A fresh one-time code, shown once; only its hash is kept, and each trust keeps a line that there was one.

    at: the moment of the lines. The life of the code runs by the machine's own clock.
    """
    code, made_at = secrets.token_hex(4), clock.machine_now()
    installation, _ = Installation.objects.get_or_create(pk=1)
    installation.setup_code_hash, installation.code_made_at, installation.wrong_tries = _hash(code), made_at, 0
    installation.started_at = installation.started_at or made_at
    installation.save()
    for trust in Trust.objects.select_related("record").order_by("slug"):
        ledger.record("code.made", trust.record, by=None, at=at)
    return code


def use(code: str) -> None:
    """Use up the one-time code from the terminal.

    Raises Refused, in words, where none waits, where it is too old or was tried wrongly too often, and where this is
    not it; then a wrong try is counted, whatever becomes of the act.
    """
    installation = Installation.objects.select_for_update().filter(pk=1).first()
    if installation is None or not installation.setup_code_hash:
        raise Refused(NONE_WAITS)
    if installation.wrong_tries >= _data()["wrong_tries"]:
        raise Refused(TOO_OFTEN.format(tries=_data()["wrong_tries"]))
    if _is_too_old(installation):
        raise Refused(TOO_OLD.format(hours=_data()["lasts_hours"]))
    if not hmac.compare_digest(installation.setup_code_hash, _hash(code)):
        raise Kept(WRONG, _count)
    installation.setup_code_hash = ""
    installation.save()


def _is_too_old(installation) -> bool:
    made_at, life = installation.code_made_at, timedelta(hours=_data()["lasts_hours"])
    return made_at is None or clock.machine_now() - made_at > life


def _count(record, *, by, at) -> None:
    """Keep that a wrong code was tried.

    record: where it was tried, or None before there is any.
    """
    installation = Installation.objects.select_for_update().get(pk=1)
    installation.wrong_tries += 1
    installation.save()
    if record is not None:
        ledger.record("code.refused", record, by=by, at=at, wrong_tries=installation.wrong_tries)


def _hash(code: str) -> str:
    return hashlib.sha256(f"daybook-set-up|{code.strip().lower()}".encode()).hexdigest()
