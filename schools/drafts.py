"""Forms as typed so far, kept confidential until they are sent: nothing typed is ever lost, and nothing lies open."""

import json
from datetime import timedelta
from functools import partial

from django.core import signing
from django.db import transaction

from schools import keyring, sealing
from schools.models import Draft, User

MARK = "a form as typed"
LASTS = timedelta(days=7)
# Longer than anybody stays signed in.
MARK_LASTS = timedelta(hours=12)
# Of one form about one thing: whoever found a mark cannot fill somebody's desk with words.
MOST_BY_MARK = 5


def keep(user: User, act: str, subject_ref: str, typed: dict, at, *, instead_of: str = "") -> Draft:
    """Keep what a person has typed into one form about one thing, beside whatever else they keep of it.

    user: who types. act: the name of the form's act. subject_ref: the reference of the thing, or "". typed: values by
    field name, as JSON knows them. at: when. instead_of: the number of the draft with which their form was filled.
    """
    draft = _of(user, act, subject_ref).filter(pk=instead_of).first() if instead_of else None
    is_new = draft is None
    if is_new:
        draft = Draft(user=user, act=act, subject=subject_ref)
        draft._key = keyring.make_record_key(draft.pk)
    draft.changed_at = at
    sealing.seal(draft, draft, typed=json.dumps(typed))
    draft.save(force_insert=is_new)
    return draft


def kept(user: User, act: str, subject_ref: str, **known) -> list[Draft]:
    """What this person keeps of a form about one thing, the newest first, each with its `answers` by field name.

    known: answers that it must have, by field name, as lists.
    """
    drafts = sealing.open_rows(_of(user, act, subject_ref).order_by("-changed_at", "-pk"))
    for draft in drafts:
        words = draft.opened.typed
        draft.answers = json.loads(words) if words and words != sealing.ERASED else {}
    return [draft for draft in drafts if draft.answers and known.items() <= draft.answers.items()]


def read(user: User, act: str, subject_ref: str) -> dict:
    """What this person typed last into the form; empty when nothing is kept."""
    return next((draft.answers for draft in kept(user, act, subject_ref)), {})


def drop(user: User, draft_id: str) -> None:
    """Forget one thing typed, for it was sent or is not wanted; inside an act it goes only if the act succeeds."""
    _remove(Draft.objects.filter(user=user, pk=draft_id))


def sweep(before) -> int:
    """Forget everything that nobody has typed at since a moment."""
    return _remove(Draft.objects.filter(changed_at__lt=before))


def mark(user: User, act: str, subject_ref: str, *, taken_up: str = "", **known) -> str:
    """What a form carries, so that what was typed into it can be kept for its writer when the session has ended.

    taken_up: the number of the draft with which it was filled, if there was one. known: answers that the page knows and
    does not ask, by field name, as lists.
    """
    return _signer().sign_object([str(user.pk), act, subject_ref, known, taken_up])


def taken_up(given: str) -> str:
    """The number of the draft with which a form was filled; empty where there was none.

    given: the mark that the form carried.
    """
    try:
        return _signer().unsign_object(given)[-1]
    except signing.BadSignature:
        return ""


def keep_marked(given: str, typed: dict, at, *, signed_in: User | None) -> bool:
    """Keep what came in a form after its writer's session had ended; whether it was kept.

    Nothing that somebody else sends is put among a person's own words, nothing replaces what they kept themselves, and
    a form that was left open for long is nobody's. given: the mark that the form carried. signed_in: who sends it.
    """
    try:
        writer, act, subject_ref, known, _ = _signer().unsign_object(given, max_age=MARK_LASTS)
    except signing.BadSignature:
        return False
    user = User.objects.get(pk=writer)
    if signed_in not in (None, user) or _of(user, act, subject_ref).count() >= MOST_BY_MARK:
        return False
    keep(user, act, subject_ref, typed | known, at)
    return True


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=MARK)


def _of(user: User, act: str, subject_ref: str):
    return Draft.objects.filter(user=user, act=act, subject=subject_ref)


def _remove(drafts) -> int:
    gone = list(drafts.values_list("pk", flat=True))
    for draft_id in gone:
        Draft.objects.filter(pk=draft_id).delete()
        transaction.on_commit(partial(keyring.destroy, draft_id))
    return len(gone)
