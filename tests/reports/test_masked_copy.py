"""What a copy for a hearing, or for the person it is about, gives away of anybody or anything else."""

import json
import re

import pytest

from casework.workflow import cases
from incidents.workflow import speech
from reports import building, proof
from reports.models import Paper
from reports.workflow import ask_for_paper, ask_for_part_paper
from tests import states
from tests.reports.papers import ASKING

pytestmark = pytest.mark.django_db
HOUR = states.HOUR
POLICE = ASKING | {"recipient": "DS Jones, Police", "purpose": "To see whether it is an offence."}
MASKED = ["subject", "hearing"]
EVERY_KIND = ["full", "words", *MASKED]


def copy_of(subject, *, by, at, ask=ask_for_part_paper, **more) -> Paper:
    return Paper.objects.get(pk=ask(subject, by=by, at=at, **ASKING | more).pk)


def case_for(cast, at, audience, **reported):
    """A case about Sam and who asks for such a copy of it; for a hearing it has a conduct part."""
    case = states.opened(states.answered(cast, at=at, **reported), cast, at=at)
    if audience == "hearing":
        cases.open_part(case, by=cast.harriet, at=at + 5 * HOUR, lane="conduct", about=cast.sam.person)
    return case, {"by": cast.harriet if audience == "hearing" else cast.dee, "ask": ask_for_paper}


def of_case(cast, at, audience, **reported):
    """Such a copy of such a case."""
    case, asking = case_for(cast, at, audience, **reported)
    return building.case_file(copy_of(case, at=at + 6 * HOUR, audience=audience, **asking))


@pytest.mark.parametrize("audience", MASKED)
def test_it_tells_nobody_for_whom_an_earlier_copy_was_made(cast, at, audience):
    case, asking = case_for(cast, at, audience)
    earlier = copy_of(case, at=at + 5 * HOUR, **asking, **POLICE)
    told = repr(building.case_file(copy_of(case, at=at + 6 * HOUR, audience="full", **asking)))
    assert f"Asked for the copy {earlier.ref}, for DS Jones, Police." in told
    file = building.case_file(copy_of(case, at=at + 6 * HOUR, audience=audience, **asking))
    assert "Jones" not in repr(file)
    assert earlier.ref not in repr(file)
    assert [one.what for one in file.withheld].count("Which copies were asked for, for whom and why") == 1


@pytest.mark.parametrize("audience", EVERY_KIND)
def test_no_copy_says_that_there_is_legal_advice_or_that_notes_were_kept(cast, at, audience):
    begun = states.begun(cast, at=at)
    part = begun.part
    states.advised(cast, at=at, part=part)
    states.working_notes(cast, at=at, proceeding=begun)
    paper = copy_of(part, by=cast.hugh, at=at + 8 * HOUR, audience=audience)
    told = [entry.what.text for entry in building.case_file(paper).chronology]
    assert [words for words in told if "advice" in words.lower() or "notes" in words.lower()] == []


@pytest.mark.parametrize("audience", EVERY_KIND)
def test_no_copy_says_who_gave_advice_on_protected_speech_or_that_any_was_taken(cast, at, audience):
    case, asking = case_for(cast, at, "hearing" if audience == "hearing" else "full")
    doubts = dict.fromkeys(("belief", "union", "public_interest", "private"), "no") | {"belief": "maybe"}
    said = {
        "reason": "He may hold it dear.",
        "objected_to": "That he names a child.",
        "lesser_step": "He was told.",
    }
    advised = {"adviser": "Reed and Rowe, solicitors", "advised_on": at.date()}
    speech.check_speech(case.record.concern, by=cast.dee, at=at + 5 * HOUR, **doubts, **said, **advised)
    told = repr(building.case_file(copy_of(case, at=at + 6 * HOUR, audience=audience, **asking)))
    assert "a statement about one?” maybe; to the rest no. He may hold it dear." in told
    assert "Why a lesser step will not do: He was told." in told
    assert [word for word in ("Reed", "dvice was taken", "Advised") if word in told] == []


@pytest.mark.parametrize("audience", MASKED)
def test_whoever_hands_it_on_is_shown_the_words_that_may_still_be_names(cast, at, audience):
    file = of_case(
        cast, at, audience, narrative="lanne told me that Bex saw it. Kit Lane cried, and Sam Field laughed."
    )
    # A misspelling of Lane, and a nickname that nobody wrote down.
    assert file.look_at == ("Bex", "lanne")


@pytest.mark.parametrize("audience", MASKED)
def test_no_office_tells_that_the_head_reported_it(cast, at, audience):
    case, _ = case_for(cast, at, "hearing", by=cast.harriet)
    file = building.case_file(copy_of(case.parts.get(), by=cast.hugh, at=at + 6 * HOUR, audience=audience))
    # The chair stands in for the head, which is not said either.
    assert file.parts[0].readers == ("A member of staff", "Hugh Bannerman (HR lead)", "Grace Adeyemi")
    told = (file.people, file.parts, file.chronology, file.decisions)
    assert re.findall(r"(?i)head|harriet|lowe", repr(told)) == []


@pytest.mark.parametrize("audience", MASKED)
def test_the_initials_of_a_child_are_masked_alone_and_beside_the_name(cast, at, audience):
    file = of_case(cast, at, audience, narrative="KL told me in PE that K. Lane had cried.")
    assert file.concerns[0].words.text == "[Pupil A] told me in PE that [Pupil A] had cried."


@pytest.mark.parametrize("audience", EVERY_KIND)
def test_only_a_copy_that_names_everybody_says_whose_account_wrote_a_line_and_which_act_it_was(cast, at, audience):
    begun = states.begun(cast, at=at)
    states.advised(cast, at=at, part=begun.part)
    paper = copy_of(begun.part, by=cast.hugh, at=at + 8 * HOUR, audience=audience)
    inside = proof.history(building.history(paper), is_masked=paper.masks_names).decode()
    lines = [line for record in json.loads(inside)["records"] for line in record["lines"]]
    assert [line["seq"] for line in lines] == list(range(1, paper.printed.get().seq + 1))
    if audience in MASKED:
        # Laid beside another copy, an account or an act would tell who is hidden, and that there is advice.
        assert {tuple(sorted(line)) for line in lines} == {("hash", "seq")}
        assert str(begun.record_id) not in inside
        assert str(cast.hugh.pk) not in inside
    else:
        assert {str(cast.hugh.pk), str(cast.harriet.pk)} <= {line["by"] for line in lines}
        assert "advice.asked" in {line["verb"] for line in lines}


@pytest.mark.parametrize("audience", MASKED)
def test_an_account_that_may_be_a_childs_is_masked_in_what_staff_did_too(cast, at, audience):
    childs = {"platform": "Snapchat", "url": "https://posts.example/kl", "handle": "moonpie.09"}
    file = of_case(cast, at, audience, links=(childs,), narrative="He wrote to moonpie.09 at night.")
    assert "moonpie" not in repr(file)
    assert "posts.example" not in repr(file)
    concern = file.concerns[0]
    assert concern.words.text == "He wrote to [Account A] at night."
    assert concern.where[0].startswith("Snapchat")
    assert "Daybook does not record whose an account is, so the person’s own may be masked too." in file.masking


def test_an_account_in_what_staff_did_stays_where_nobody_but_staff_is_named(cast, at):
    file = of_case(cast, at, "hearing", people=(states.SAM, states.DOT), narrative="He wrote as sam.f at night.")
    assert file.concerns[0].words.text == "He wrote as sam.f at night."
    assert "whose an account is" not in file.masking


def test_an_account_called_as_somebody_who_stays_named_takes_nobodys_name_away(cast, at):
    own = {"platform": "Facebook", "url": "https://posts.example/1", "handle": "sam.field"}
    file = of_case(cast, at, "hearing", links=(own,), narrative="Sam Field wrote it.")
    assert file.concerns[0].words.text == "Sam Field wrote it."
    assert "Sam Field" in [one.name for one in file.people]


def test_a_childs_name_that_somebody_else_shares_but_for_an_accent_is_masked_all_the_same(cast, at):
    child = {"name": "Zoë Lane", "kind": "pupil", "part": "affected"}
    again = {"name": "Zoe Lane", "kind": "external", "part": "mentioned"}
    words = "Zoe Lane cried, and Zoë Lane went home."
    file = of_case(cast, at, "hearing", people=(states.SAM, child, again), narrative=words)
    assert file.concerns[0].words.text == "[Pupil A] cried, and [Pupil A] went home."


@pytest.mark.parametrize("audience", MASKED)
def test_the_cover_tells_whoever_hands_it_on_what_was_not_looked_for(cast, at, audience):
    assert of_case(cast, at, audience).masking.endswith(
        "Nicknames, misspellings and lone initials were not looked for: whoever hands it on reads it through first."
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [("OTHER", "something that none of the choices fitted"), ("CONFID", "confidential or internal information given")],
)
def test_what_none_of_the_choices_fitted_is_told_in_the_words_of_triage(cast, at, code, said):
    case = states.opened(states.triaged(cast, at=at, what="other", code=code, direction="unknown"), cast, at=at)
    file = building.case_file(copy_of(case, by=cast.dee, at=at + 6 * HOUR, audience="full", ask=ask_for_paper))
    assert f"reported: {said}" in file.summary.text
