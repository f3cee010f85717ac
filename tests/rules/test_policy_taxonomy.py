"""The shared words: 24 codes and OTHER, six directions, the screens they open, the flags and the standing questions."""

import hashlib
import json
import tomllib
from datetime import date
from pathlib import Path

from schools import policy

WORDS = policy.taxonomy()


def test_twenty_four_codes_and_other():
    assert len(WORDS.codes) == 25
    assert list(WORDS.codes)[-1] == "OTHER"
    assert all(code.default_direction in WORDS.directions for code in WORDS.codes.values())


def test_six_directions():
    assert list(WORDS.directions) == [
        "staff_act",
        "against_staff",
        "against_org",
        "pupil_act",
        "inbound_to_staff",
        "unknown",
    ]


def test_the_fuller_lists_open_the_screens():
    limbs = {"PUPIL_CONTACT", "FORMER_CONTACT", "IMAGE", "SEXIMG", "CP", "BULLY", "OFFENSIVE"}
    assert set(WORDS.opening("harm_threshold")) == limbs
    assert set(WORDS.opening("data_breach")) == {"PDATA", "CONFID", "IMAGE", "ACCOUNT", "IDENTITY"}
    assert WORDS.opening("lado_clock") == ("CP",)
    assert {screen for code in WORDS.codes.values() for screen in code.opens} == set(WORDS.screens)


def test_four_limbs_and_four_outcomes():
    screen = WORDS.screens["harm_threshold"]
    assert len(screen.questions) == 4
    assert screen.outcomes == (
        "meets_threshold",
        "unsure_consult_lado",
        "low_level_concern",
        "not_a_safeguarding_matter",
    )


def test_pictures_of_children_go_to_safeguarders_and_are_never_attached():
    assert [code for code, entry in WORDS.codes.items() if entry.attachments == "forbidden"] == ["SEXIMG"]
    assert WORDS.codes["SEXIMG"].tell_only == ("dsl", "deputy_dsl")
    assert [flag for flag, entry in WORDS.flags.items() if entry.attachments == "forbidden"] == [
        "extortion",
        "extremism",
    ]


def test_reporting_a_message_received_never_counts_against_the_reporter():
    assert [code for code, entry in WORDS.codes.items() if not entry.adverse_to_reporter] == ["INBOUND"]


def test_sub_codes_belong_to_process():
    assert WORDS.subcodes == dict.fromkeys(
        ["NOT_REMOVED", "NO_COOPERATION", "NOT_REPORTED", "OTHER_INSTRUCTION"], "PROCESS"
    )


def test_seven_flags():
    assert set(WORDS.flags) == {
        "extortion",
        "threat_to_school",
        "extremism",
        "deepfake_disputed",
        "doxxing",
        "campaign",
        "protected_speech",
    }


def test_who_answers_the_threshold_question():
    question = WORDS.threshold_question
    assert question.wording.startswith("Could this have harmed a child,")
    assert question.answers == ("yes", "not_sure", "no")
    assert question.answered_by == ("head_of_school",)
    assert question.consulted == ("dsl", "deputy_dsl")
    offices = {*question.answered_by, *question.answered_instead_by, *question.consulted}
    assert offices <= set(WORDS.roles)


def test_protected_speech_is_checked_for_seven_codes_of_staff():
    check = WORDS.protected_speech_check
    assert set(check.codes) == {"DISPARAGE", "OFFENSIVE", "CONFID", "AFFIL", "SPAM", "UNAUTH_OFFICIAL", "BULLY"}
    assert check.direction == "staff_act"
    assert list(check.questions) == ["belief", "union", "public_interest", "private"]


def test_no_word_has_two_meanings():
    assert set(WORDS.roles).isdisjoint(WORDS.people)


def test_the_schema_knows_the_codes_and_is_plain_json():
    schema = json.loads(json.dumps(policy.json_schema()))
    codes = schema["$defs"]["Clause"]["properties"]["codes"]["items"]["enum"]
    assert codes == list(WORDS.codes)
    assert schema["additionalProperties"] is False
    assert {"id", "trust", "clauses", "removal", "governors"} <= set(schema["required"])


def test_the_digest_is_of_the_text_whichever_way_its_lines_end():
    text = 'id = "x"\ntrust = "£"\n'
    assert policy.digest(text) == hashlib.sha256(text.encode()).hexdigest()
    assert policy.digest(text.replace("\n", "\r\n")) == policy.digest(text)
    assert policy.digest(text + " ") != policy.digest(text)


def test_the_shipped_packs_are_those_on_disk():
    folder = Path(policy.__file__).parent.parent / "packs"
    names = {path.stem for path in folder.glob("*.toml")} - {"taxonomy"}
    assert set(policy.shipped()) == names
    for name in names:
        assert tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))["id"] == name


def test_five_trusts_are_overdue_on_20_november_2026():
    overdue = [name for name, pack in policy.shipped().items() if pack.overdue_since(date(2026, 11, 20))]
    assert overdue == ["allsaints-2022", "archway-2019", "lte-2019-09", "lwlat-1.4", "sovereign-5.0"]
