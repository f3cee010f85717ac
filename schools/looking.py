"""What the page of an act shows before the act can be done: what would change."""

import json
from collections.abc import Callable

from django.utils.crypto import constant_time_compare, salted_hmac

Look = Callable[..., tuple[dict, list]]
LOOKS: dict[tuple, list[Look]] = {}


def look_first(done, look: Look) -> None:
    """Have the page of an act show what it would change before it offers the button that does it.

    done: the act. look: from the subject, the viewer and the answers to what the page shows, and the identifiers of
    the records it shows something of.
    """
    LOOKS.setdefault(done.act_key, []).append(look)


def is_due(act, subject, user, answers: dict, looked: str) -> bool:
    """Whether what would change has still to be shown to this person for exactly these answers.

    user: the account. answers: of the form, valid. looked: the mark that the page bore when it was last shown.
    """
    return _key(act) in LOOKS and not constant_time_compare(looked, mark(act, subject, user, answers))


def mark(act, subject, user, answers: dict) -> str:
    """What only the page that showed the change can have given: for one person, one thing as it stands, one answer."""
    asked = [act.name, str(subject.pk), subject.record.head.seq, str(user.pk), answers]
    return salted_hmac("daybook-looked", json.dumps(asked, sort_keys=True, default=str), algorithm="sha256").hexdigest()


def ahead(act, subject, viewer, form) -> tuple[dict, list]:
    """What the page shows of what would change, and the records it shows something of.

    form: with valid answers.
    """
    context, records = {"looked": mark(act, subject, viewer.user, form.cleaned_data)}, []
    for look in LOOKS[_key(act)]:
        shown, of_records = look(subject, viewer, form.cleaned_data)
        context |= shown
        records += of_records
    return context, records


def _key(act) -> tuple:
    return act.of, act.name
