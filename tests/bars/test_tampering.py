"""Bar S1: whatever is changed behind Daybook's back is named, by record, table and row; an honest history never is."""

import random

import pytest

from schools import checkpoints, clock, verify
from tests.bars import rawly, tampers
from tests.bars.conftest import sized

pytestmark = pytest.mark.django_db
TRIALS, BATCHES = sized(300, 1000), 5


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  (the same on every run, on purpose)


def attempt(tamper, rng, filled, document) -> str:
    """Make one change, verify, undo it; what was wrong with what the verification said, or nothing."""
    with rawly.undone():
        expected = tamper(rng, filled)
        found = list(verify.findings(checkpoint=document))
    sentences = [finding.sentence for finding in found]
    if not any(expected.named_by(finding) for finding in found):
        return f"{tamper.__name__}: {expected} is not named: {sentences}"
    strangers = [finding for finding in found if not expected.allows(finding)]
    return f"{tamper.__name__}: {expected}: named without cause: {strangers}" if strangers else ""


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_change_behind_our_back_is_named(filled, batch):
    document = checkpoints.document(checkpoints.make(clock.machine_now()))
    assert list(verify.findings(checkpoint=document)) == []
    numbers = range(batch, TRIALS, BATCHES)
    kinds = [tampers.KINDS[number // BATCHES % len(tampers.KINDS)] for number in numbers]
    problems = [attempt(tamper, dice(seed), filled, document) for seed, tamper in zip(numbers, kinds, strict=True)]
    assert not any(problems), "\n".join(filter(None, problems))
    assert set(kinds) == set(tampers.KINDS)
    assert list(verify.findings(checkpoint=document)) == []


@pytest.mark.parametrize("tamper", sorted(tampers.NEED_A_CHECKPOINT, key=lambda tamper: tamper.__name__))
def test_what_only_a_checkpoint_kept_outside_can_show(filled, tamper):
    with rawly.undone():
        tamper(dice(1), filled)
        assert list(verify.findings()) == []
