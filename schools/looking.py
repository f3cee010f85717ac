"""What the page of an act shows before the act can be done: what would change."""

import hashlib
import json
from collections.abc import Callable

Look = Callable[..., tuple[dict, list]]
LOOKS: dict[tuple, list[Look]] = {}


def look_first(done, look: Look) -> None:
    """Have the page of an act show what it would change before it offers the button that does it.

    done: the act. look: from the subject, the viewer and the answers to what the page shows, and the identifiers of
    the records it shows something of.
    """
    LOOKS.setdefault(done.act_key, []).append(look)


def is_due(act, form, looked: str) -> bool:
    """Whether what would change has still to be shown for exactly these answers.

    looked: the mark that the page bore when it was last shown.
    """
    return _key(act) in LOOKS and looked != mark(form)


def mark(form) -> str:
    """What tells the answers that were looked at from any others."""
    return hashlib.sha256(json.dumps(form.cleaned_data, sort_keys=True, default=str).encode()).hexdigest()


def ahead(act, subject, viewer, form) -> tuple[dict, list]:
    """What the page shows of what would change, and the records it shows something of.

    form: with valid answers.
    """
    context, records = {"looked": mark(form)}, []
    for look in LOOKS[_key(act)]:
        shown, of_records = look(subject, viewer, form.cleaned_data)
        context |= shown
        records += of_records
    return context, records


def _key(act) -> tuple:
    return act.of, act.name
