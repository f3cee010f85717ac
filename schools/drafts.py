"""Forms as typed so far, kept confidential until they are sent: nothing typed is ever lost, and nothing lies open."""

import json
from functools import partial

from django.core import signing
from django.db import transaction

from schools import keyring, sealing
from schools.models import Draft, User

MARK = "a form as typed"


def keep(user: User, act: str, subject_ref: str, typed: dict, at) -> Draft:
    """Keep what a person has typed into one form about one thing, in place of what was kept before.

    user: who types. act: the name of the form's act. subject_ref: the reference of the thing, or "". typed: values by
    field name, as JSON knows them. at: when.
    """
    draft = _newest(user, act, subject_ref)
    is_new = draft is None
    if is_new:
        draft = Draft(user=user, act=act, subject=subject_ref)
        draft._key = keyring.make_record_key(draft.pk)
    draft.changed_at = at
    sealing.seal(draft, draft, typed=json.dumps(typed))
    draft.save(force_insert=is_new)
    return draft


def read(user: User, act: str, subject_ref: str) -> dict:
    """What this person had typed into the form; empty when nothing is kept."""
    draft = _newest(user, act, subject_ref)
    words = sealing.open_row(draft).typed if draft else ""
    return json.loads(words) if words and words != sealing.ERASED else {}


def drop(user: User, act: str, subject_ref: str) -> None:
    """Forget what was typed, for it was sent or is not wanted; inside an act it goes only if the act succeeds."""
    _remove(Draft.objects.filter(user=user, act=act, subject=subject_ref))


def sweep(before) -> int:
    """Forget everything that nobody has typed at since a moment."""
    return _remove(Draft.objects.filter(changed_at__lt=before))


def mark(user: User, act: str, subject_ref: str, *, is_taken_up: bool = False, **known) -> str:
    """What a form carries, so that what was typed into it can be kept for its writer when the session has ended.

    is_taken_up: whether it was filled from what was kept before. known: answers that the page knows and does not ask,
    by field name, as lists.
    """
    return signing.Signer(salt=MARK).sign_object([str(user.pk), act, subject_ref, known, is_taken_up])


def is_taken_up(given: str) -> bool:
    """Whether a form was filled from what was kept before.

    given: the mark that the form carried.
    """
    try:
        return signing.Signer(salt=MARK).unsign_object(given)[-1]
    except signing.BadSignature:
        return False


def keep_marked(given: str, typed: dict, at) -> bool:
    """Keep what came in a form after its writer's session had ended; whether the form was one of ours.

    given: the mark that the form carried.
    """
    try:
        writer, act, subject_ref, known, _ = signing.Signer(salt=MARK).unsign_object(given)
    except signing.BadSignature:
        return False
    keep(User.objects.get(pk=writer), act, subject_ref, typed | known, at)
    return True


def _newest(user: User, act: str, subject_ref: str) -> Draft | None:
    return Draft.objects.filter(user=user, act=act, subject=subject_ref).order_by("-changed_at").first()


def _remove(drafts) -> int:
    gone = list(drafts.values_list("pk", flat=True))
    for draft_id in gone:
        Draft.objects.filter(pk=draft_id).delete()
        transaction.on_commit(partial(keyring.destroy, draft_id))
    return len(gone)
