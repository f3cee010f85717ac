"""The registry of acts: each can be asked ("may this be done, and if not why?") as well as done."""

import functools
import hashlib
import inspect
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from schools import access, clock, ledger, looking, subjects
from schools.access import Viewer
from schools.models import Receipt, User, Versioned
from schools.roles import Permission

LONGEST_LINE_NUMBER = 9  # digits
CHANGED = "Someone changed this while you were typing. Nothing of yours is lost: look, then send again."
LOOK_FIRST = "Look first at what this would change: its page shows it before anything is done."
USED_FOR_ANOTHER = (
    "Something else was sent from this form before. What stands here now is not sent yet: look, then send it again "
    "(a program does so with a new key)."
)


class Denied(Exception):
    """This person may see the record and may not do this to it."""


class Refused(Exception):
    """Not now; the message says why, in words fit for the screen."""


class Kept(Refused):
    """Not now, and that it was tried is kept, although nothing else of the act is.

    keep: writes it down; given the record, and by and at, in a transaction of its own.
    """

    def __init__(self, words: str, keep: Callable):
        super().__init__(words)
        self.keep = keep


class Past(Refused):
    """It was done already, or the facts do not ask for it: no page need offer it."""


class Stale(Refused):
    """Somebody changed the record after this form was opened."""


class LookFirst(Refused):
    """What this would change has not been looked at, or something was changed since."""


class Repeated(Exception):
    """This form was sent before; `landed` is where the first sending led."""

    def __init__(self, landed: str):
        super().__init__(landed)
        self.landed = landed


@dataclass(frozen=True)
class Sending:
    """One sending of a form: its key, and a digest of what was answered, so that the key stands for nothing else."""

    token: str
    content: str = ""

    @classmethod
    def of(cls, token: str, typed) -> "Sending | None":
        """What was sent with a key; None without one.

        typed: the answers as they came, as plain values.
        """
        written = json.dumps(typed, sort_keys=True, default=str).encode()
        return cls(token, hashlib.sha256(written).hexdigest()) if token else None


@dataclass(frozen=True)
class Act:
    """One thing that can be done to one kind of thing, with everything that follows from it."""

    function: Callable
    verb: str
    of: type[models.Model]
    permission: Permission
    label: str
    moves: tuple[tuple[str, ...], str] | None
    when: Callable[[Any, Viewer], str | Past | None] | None
    decides: bool
    touches: Callable[[Any, Viewer, dict], Iterable] | None = None
    begins_anew: bool = False
    form: Any = field(default=None, compare=False)
    lands: Callable[[Any, Any, User, Any], str] | None = field(default=None, compare=False)
    is_rare: bool = field(default=False, compare=False)

    @property
    def name(self) -> str:
        return self.function.__name__

    @property
    def slug(self) -> str:
        return self.name.replace("_", "-")

    def landing(self, result, subject, *, by: User, at) -> str:
        """The page to show to whoever did this, once it is done."""
        return self.lands(result, subject, by, at) if self.lands else subjects.path_of(subject)

    @property
    def sentence(self) -> str:
        return inspect.getdoc(self.function).split("\n\n")[0].replace("\n", " ")

    def obstacle(self, viewer: Viewer, subject) -> Denied | Refused | None:
        """What stands in the way of this person doing this now; nothing when they may."""
        record = subject.record_for(viewer)
        if not access.may(viewer, self.permission, record):
            return Denied(f"Your role does not let you do this: {self.label.lower()}.")
        if self.decides:
            why = access.stands_aside(viewer, record)
            if why:
                return Refused(f"You cannot decide this: {why}")
        return self._wrong_moment(viewer, subject)

    def _wrong_moment(self, viewer: Viewer, subject) -> Refused | None:
        if self.moves and subject.status not in self.moves[0]:
            kind = Past if self._is_over(subject) else Refused
            return kind(f"This cannot be done now: it stands at “{subject.get_status_display()}”.")
        reason = self.when(subject, viewer) if self.when else None
        return Refused(reason) if isinstance(reason, str) else reason

    def _is_over(self, subject) -> bool:
        """Whether a thing is where this leads, or past every stage at which it is done; its stages stand in order."""
        if subject.status == self.moves[1]:
            return True
        stages = [stage for stage, _ in subject.STATUSES]
        return stages.index(subject.status) > max(map(stages.index, self.moves[0]))


@dataclass(frozen=True)
class Follow:
    """What follows an act in a module above its own.

    then: what is done. records: from the thing acted on to the identifiers of the records that it writes.
    """

    then: Callable
    records: Callable[[Any], Iterable]


def following(follows: list[Follow], thing) -> set:
    """The identifiers of every record that is written in what follows an act on a thing."""
    return {record for follow in follows for record in follow.records(thing)}


REGISTRY: dict[tuple[type[models.Model], str], Act] = {}
# What an app above holds against any act on a thing, by who writes what into it: each raises Refused with why.
WRITTEN: list[Callable[[Any, Viewer, list[str]], None]] = []


def act(
    verb: str,
    *,
    of: type[models.Model],
    permission: Permission,
    label: str,
    moves: tuple[str | tuple[str, ...], str] | None = None,
    when: Callable[[Any, Viewer], str | None] | None = None,
    decides: bool = True,
    touches: Callable[[Any, Viewer, dict], Iterable] | None = None,
    begins_anew: bool = False,
):
    """Declare a function to be an act.

    verb: the line it leaves in the history. of: the model it acts on. permission: what a role must carry. label: the
    words on its button. moves: status before (one or several) and after. when: answers an obstacle in words (a `Past`
    where it is over or not asked), or None. decides: whether somebody who stands aside is kept from it.
    touches: from the thing, who acts and the answers to the identifiers of the other records it writes or rests on.
    begins_anew: whether it only begins a record of its own, so that it waits for nobody who changes the thing.
    """

    def declare(function):
        stages = _before_and_after(*moves) if moves else None
        made = Act(function, verb, of, permission, label, stages, when, decides, touches, begins_anew)
        if not inspect.getdoc(function):
            raise TypeError(f"{function.__name__} needs a sentence that a head teacher would agree with")
        REGISTRY[(of, function.__name__)] = made

        @functools.wraps(function)
        def run(subject, *, by: User, at, token: str = "", seen: int | None = None, **answers):
            sending = Sending(token) if token else None
            given = {"sending": sending, "seen": seen, "looked": None, "answers": answers}
            return do(REGISTRY[(of, function.__name__)], subject, by=by, at=at, **given)

        run.act_key = (of, function.__name__)
        return run

    return declare


def _before_and_after(before: str | tuple[str, ...], after: str) -> tuple[tuple[str, ...], str]:
    return (before,) if isinstance(before, str) else tuple(before), after


def offer(done, form, *, lands=None, is_rare: bool = False) -> Act:
    """Put an act on offer with its form: one line that makes its page, endpoint, button, matrix row and documentation.

    done: the act. form: its questions. lands: from result, subject, account and time to the page shown afterwards.
    is_rare: whether it is seldom needed, so that pages keep it out of the way.
    """
    REGISTRY[done.act_key] = replace(REGISTRY.pop(done.act_key), form=form, lands=lands, is_rare=is_rare)
    return REGISTRY[done.act_key]


def of_model(model: type[models.Model]) -> list[Act]:
    """The acts on offer for one kind of thing: the lowest app's first, each app's in the order it offers them."""
    found = [act for (of, _), act in REGISTRY.items() if of is model and act.form is not None]
    return sorted(found, key=_height)


def _height(act: Act) -> int:
    installed = list(apps.app_configs)
    app = act.function.__module__.partition(".")[0]
    return installed.index(app) if app in installed else len(installed)


def find(model: type[models.Model], slug: str) -> Act | None:
    return next((act for act in of_model(model) if act.slug == slug), None)


def open_to(viewer: Viewer, subject) -> list[tuple[Act, Refused | None]]:
    """The acts this person may do to this thing, each with the reason why not now, if there is one."""
    asked = [(act, act.obstacle(viewer, subject)) for act in of_model(type(subject))]
    return [(act, obstacle) for act, obstacle in asked if not isinstance(obstacle, Denied)]


def do(declared: Act, subject, *, by: User, at, sending: Sending | None, seen, looked: str | None, answers: dict):
    """Carry out an act: one transaction with the lock, the questions of access, the effect and the line of history.

    sending: the same when a form is sent again; None for what is sent without a key. seen: the record's last line when
    the form was opened. looked: the mark of what would change, as it was shown; None from our own code, where nobody
    sits before a page.
    Raises Denied, Refused, Stale, LookFirst or Repeated.
    """
    try:
        return _carry_out(declared, subject, by=by, at=at, sending=sending, seen=seen, looked=looked, answers=answers)
    except Exception as stopped:
        _lead_to_the_first(by, sending, declared, subject)
        if isinstance(stopped, Kept):
            with transaction.atomic():
                stopped.keep(subject.record, by=by, at=at)
        if not isinstance(stopped, IntegrityError):
            raise
    # References are drawn at random; one that was taken already is drawn anew.
    return _carry_out(declared, subject, by=by, at=at, sending=sending, seen=seen, looked=looked, answers=answers)


def _carry_out(declared: Act, subject, *, by, at, sending, seen, looked, answers):
    with transaction.atomic():
        viewer = Viewer(by, at)
        subject = _locked(declared, subject, seen, viewer, answers)
        obstacle = declared.obstacle(viewer, subject)
        if obstacle:
            raise obstacle
        if looked is not None and looking.is_due(declared, subject, by, answers, looked):
            raise LookFirst(LOOK_FIRST)
        for check in WRITTEN:
            check(subject, viewer, _texts(answers))
        answers = {name: _as_now(value) for name, value in answers.items()}
        result = declared.function(subject, by=by, at=at, **answers)
        if declared.moves and subject.status != declared.moves[1]:
            raise AssertionError(f"{declared.name} ended in {subject.status}, not in {declared.moves[1]}")
        if sending:
            _keep_receipt(by, sending, declared, subject, declared.landing(result, subject, by=by, at=at))
        return result


def _lead_to_the_first(by, sending: Sending | None, declared: Act, subject) -> None:
    """Whatever stopped a form: when it was carried out at its first sending, it leads where that one led."""
    if sending is None or not Receipt.objects.filter(user=by, token=sending.token).exists():
        return
    first = sent_before(by, sending, declared, subject)
    if first is None:
        raise Refused(USED_FOR_ANOTHER) from None
    raise Repeated(first.landed) from None


def sent_before(by, sending: Sending | None, declared: Act, subject) -> Receipt | None:
    """The first sending of the very same, if it was carried out: this act, on this thing, with these answers."""
    if sending is None:
        return None
    same = {"token": sending.token, "content": sending.content, "act": declared.name, "subject": subject.pk}
    return Receipt.objects.filter(user=by, **same).first()


def line_seen(typed: str) -> int | None:
    """The last line of a record as a form brings it back; None when it brings none back.

    What is no such number answers a line that no record has, so that the form counts as opened on an older state.
    """
    if not typed:
        return None
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_LINE_NUMBER else -1


def _keep_receipt(by, sending: Sending, declared: Act, subject, landed: str) -> None:
    about = {"act": declared.name, "subject": subject.pk, "content": sending.content, "landed": landed}
    Receipt.objects.create(user=by, token=sending.token, made_at=clock.machine_now(), **about)


def _locked(declared: Act, subject, seen: int | None, viewer: Viewer, answers: dict):
    """The thing as it is now, with every record that the act writes held.

    Refuses when the form was opened on an older state of the record, or when more is to be written than was held.
    """
    if not ledger.hold(lambda: _written_by(declared, subject, viewer, answers)):
        raise Stale(CHANGED)
    rows = declared.of._default_manager.select_related("record__head", *subjects.along(declared.of))
    found = rows.visible_to(viewer).filter(pk=subject.pk).first()
    if found is not None and rows.shows_record:
        viewer.found(found.record)
    now = found or rows.get(pk=subject.pk)
    if seen is not None and seen != now.record_for(viewer).head.seq:
        raise Stale(CHANGED)
    return now


def _written_by(declared: Act, subject, viewer: Viewer, answers: dict) -> set:
    others = declared.touches(subject, viewer, answers) if declared.touches else ()
    return set(others) if declared.begins_anew else {subject.record.pk, *others}


def _texts(answers) -> list[str]:
    """Everything written into a form, also in the rows of small forms within it."""
    if isinstance(answers, str):
        return [answers]
    within = answers.values() if isinstance(answers, dict) else answers if isinstance(answers, list | tuple) else ()
    return [text for one in within for text in _texts(one)]


def _as_now(value):
    """A row chosen in a form, read again now that nobody else can change it; any other answer as it is."""
    if isinstance(value, Versioned):
        value.refresh_from_db()
    return value
