"""The pages about concerns: reporting one on a telephone, the receipt, the list, reading it, triage, takedowns."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from incidents.models import Concern, Evidence, Takedown
from incidents.workflow import reporting, takedowns, triage
from schools import exclusions, policy
from schools.models import Looked, Upload
from schools.workflow import people
from tests import factories as make
from tests import states
from tests.access.browsing import address, browser
from tests.conftest import LONDON, NOW
from tests.pages import in_order, never_said, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
FRIDAY = NOW - timedelta(days=3)  # 20 November 2026, 08:00
NUMBER = "01632 960 101"
STOPS = ["child_imagery", "adult_imagery", "blackmail", "extremism"]


@pytest.fixture
def numbered(cast):
    """The safeguarding lead can be rung."""
    people.record_telephone(cast.oakfield, by=cast.ada, at=FRIDAY, person=cast.dee.person, telephone=NUMBER)
    return cast


def page(user, path, status=200):
    answer = browser(user).get(path)
    assert answer.status_code == status
    return answer


def test_the_first_page_of_a_report_names_whom_to_ring_before_the_three_doors(numbered):
    said = words(page(numbered.tom, "/report/"))
    in_order(said, "What happened?", "Dee Marsh", "Designated Safeguarding Lead", NUMBER, "Dot Evans", "Harriet Lowe")
    in_order(said, "ring 999", "I saw something online", "Someone contacted me", "I sent something by mistake")
    assert never_said(said) == []


def test_a_door_asked_for_stands_open(cast):
    answer = page(cast.tom, "/report/?door=contacted").content.decode()
    assert re.findall(r'id="(\w+)" open', answer) == ["contacted"]


@pytest.mark.parametrize("what", STOPS)
def test_the_stop_sign_comes_before_anything_can_be_typed_and_no_file_can_be_added(numbered, what):
    answer = page(numbered.tom, f"/report/{what}/")
    in_order(words(answer), "You have done nothing wrong", "Do not ", "Ring Dee Marsh", NUMBER, "in words only")
    source = answer.content.decode()
    assert source.index("daybook-stop") < source.index("<textarea")
    assert 'type="file"' not in source
    assert "multipart" not in source


def test_blackmail_says_not_to_pay_and_who_helps_children_and_adults(cast):
    in_order(words(page(cast.tom, "/report/blackmail/")), "Do not pay", "999", "101", "CEOP", "Revenge Porn Helpline")


def test_a_file_sent_past_the_stop_sign_is_refused_and_kept_nowhere(cast):
    picture = SimpleUploadedFile("a.png", states.PICTURE)
    sent = {"narrative": "I was shown it.", "at_risk": "no", "files-file": picture, "form_token": "one"}
    answer = browser(cast.tom).post("/report/child_imagery/", sent)
    assert answer.status_code == 400
    in_order(words(answer), reporting.NO_FILES)
    assert "I was shown it.</textarea>" in answer.content.decode()
    assert (Upload.objects.count(), Evidence.objects.count(), Concern.objects.count()) == (0, 0, 0)


def test_a_threat_to_a_home_says_to_ring_999_first_and_not_to_type_the_address(cast):
    in_order(words(page(cast.tom, "/report/home_given_out/")), "ring 999 first", "Never type the address", "Tell us")


def test_a_message_sent_by_mistake_asks_what_and_to_whom(cast):
    in_order(words(page(cast.tom, "/report/wrong_recipient/")), "What was sent and to whom", "Is anyone at risk now?")


def test_an_answer_nobody_offers_is_no_page(cast):
    page(cast.tom, "/report/nothing_of_ours/", status=404)


def test_what_was_typed_stays_when_something_is_missing(cast):
    sent = {"narrative": "He named a child.", "people-count": "1", "people-0-name": "Sam Field", "form_token": "one"}
    answer = browser(cast.tom).post("/report/staff_confidential/", sent)
    assert answer.status_code == 400
    in_order(words(answer), "There is something to put right", "“Is anyone at risk now?” needs an answer.")
    source = answer.content.decode()
    assert "He named a child.</textarea>" in source
    assert 'value="Sam Field"' in source
    assert "<title>Error: A member of staff giving away" in source


def test_a_report_kept_for_later_is_offered_again_with_every_word(cast):
    tom = browser(cast.tom)
    kept = tom.post("/report/pupils/", {"narrative": "In the bus queue", "save_draft": "1"}, follow=True)
    in_order(words(kept), "My reports", "Not sent:", "go on with the report you kept", "Pupils being unkind")
    assert "In the bus queue</textarea>" in tom.get("/report/pupils/").content.decode()
    assert "In the bus queue" not in tom.get("/report/fake_account/").content.decode()
    assert Concern.objects.count() == 0


def mark_of(answer) -> str:
    return answer.content.decode().split('name="form_mark" value="')[1].split('"')[0]


def test_a_report_kept_for_later_is_forgotten_once_it_is_sent(cast):
    tom = browser(cast.tom)
    tom.post("/report/pupils/", {"narrative": "In the bus queue", "save_draft": "1"})
    again = tom.get("/report/pupils/")
    short = {"narrative": "In the bus queue", "form_token": "one", "form_mark": mark_of(again)}
    refused = tom.post("/report/pupils/", short)
    assert refused.status_code == 400
    sent = tom.post("/report/pupils/", short | {"at_risk": "no", "form_mark": mark_of(refused)}, follow=True)
    in_order(words(sent), "Not read yet.")
    assert "Not sent:" not in words(page(cast.tom, "/my-reports/"))
    assert "In the bus queue" not in tom.get("/report/pupils/").content.decode()


def test_a_report_kept_for_later_takes_the_place_of_no_other(cast):
    tom = browser(cast.tom)
    tom.post("/report/pupils/", {"narrative": "An hour of words", "save_draft": "1"})
    kept = tom.post("/report/fake_account/", {"narrative": "Short", "save_draft": "1"}, follow=True)
    in_order(words(kept), "Not sent:", "Not sent:", "What you kept stays for 7 days, with its files")
    assert "An hour of words</textarea>" in tom.get("/report/pupils/").content.decode()
    assert "Short</textarea>" in tom.get("/report/fake_account/").content.decode()


def test_a_report_kept_for_later_is_still_there_when_another_is_sent(cast):
    tom = browser(cast.tom)
    tom.post("/report/pupils/", {"narrative": "In the bus queue", "save_draft": "1"})
    other = mark_of(tom.get("/report/fake_account/"))
    sent = {"narrative": "It bears my name.", "at_risk": "no", "form_token": "one", "form_mark": other}
    assert tom.post("/report/fake_account/", sent).status_code == 302
    assert "In the bus queue</textarea>" in tom.get("/report/pupils/").content.decode()


def test_the_receipt_says_sent_not_read_yet_and_whom_to_ring(numbered):
    tom = browser(numbered.tom)
    sent = {"narrative": "He will come to the gates.", "at_risk": "yes", "form_token": "one"}
    answer = tom.post("/report/abuse_of_staff/", sent, follow=True)
    said = words(answer)
    in_order(said, "Sent Mon 23 Nov 2026, 08:00.", "Not read yet.", f"If it cannot wait, ring Dee Marsh on {NUMBER}")
    in_order(said, "What you wrote", "He will come to the gates.")
    assert never_said(said) == []


def test_the_receipt_follows_the_report_and_never_says_how_it_ends(cast):
    concern = states.about_nobody_here(cast, at=FRIDAY)
    in_order(words(page(cast.tom, f"/my-reports/{concern.ref}/")), "Being dealt with.", "What you wrote", states.WORDS)
    ended = {"outcome": "reply_or_meet", "reason": "The parent was rung."}
    states.settled(concern, cast, at=FRIDAY)
    triage.finish_concern(concern, by=cast.dee, at=FRIDAY + timedelta(hours=5), **ended)
    said = words(page(cast.tom, f"/my-reports/{concern.ref}/"))
    in_order(said, "Finished.")
    assert states.WORDS not in said
    assert "rung." not in said


def test_the_receipt_of_a_report_about_the_safeguarding_lead_does_not_send_the_reporter_to_her(numbered):
    about_dee = [{"name": "Dee Marsh", "kind": "staff", "part": "subject"}]
    concern = states.reported(numbered, at=FRIDAY, people=about_dee)
    said = words(page(numbered.tom, f"/my-reports/{concern.ref}/"))
    in_order(said, "Not read yet.", "ring Dot Evans")
    assert "Dee Marsh" not in said


def test_the_stage_stands_still_when_the_matter_is_hidden_from_its_reporter(cast):
    """Tom sees no step backwards by which he could tell that he has just been named."""
    concern = states.read(cast, at=FRIDAY)
    before = [words(page(cast.tom, path)) for path in ("/", "/my-reports/")]
    named = [{"name": "Tom Okoro", "kind": "staff", "part": "subject"}]
    reporting.name_person(concern, by=cast.dee, at=FRIDAY + timedelta(hours=4), people=named)
    assert exclusions.kept_from(concern.record, cast.tom.person)
    assert [words(page(cast.tom, path)) for path in ("/", "/my-reports/")] == before
    answers = {"code": "CONFID", "direction": "staff_act", "reason": "As reported."}
    triage.triage(concern, by=cast.dee, at=FRIDAY + timedelta(hours=5), **answers)
    said = words(page(cast.tom, f"/my-reports/{concern.ref}/"))
    in_order(said, "Sent Fri 20 Nov 2026, 08:00.", "Read.")
    assert states.WORDS not in said


def test_who_is_named_in_their_own_report_sees_it_as_sent(cast):
    about_tom = [{"name": "Tom Okoro", "kind": "staff", "part": "subject"}]
    concern = states.read(cast, at=FRIDAY, people=about_tom)
    in_order(words(page(cast.tom, f"/my-reports/{concern.ref}/")), "Not read yet.")
    in_order(words(page(cast.tom, "/my-reports/")), concern.ref, "Not read yet")


def test_who_kept_a_file_is_asked_to_delete_the_own_copy_once_it_is_here(cast):
    concern = states.reported(cast, at=FRIDAY, files=[states.upload(cast.tom)])
    in_order(words(page(cast.tom, f"/my-reports/{concern.ref}/")), "We have your 1 file.", "Delete your own copy now")


def test_my_reports_show_reference_date_and_stage_and_are_nobody_elses(cast):
    concern = states.read(cast, at=FRIDAY)
    in_order(words(page(cast.tom, "/my-reports/")), concern.ref, "sent Fri 20 Nov 2026, 08:00", "Read", "1 report")
    in_order(words(page(cast.sam, "/my-reports/")), "You have reported nothing yet")
    page(cast.sam, f"/my-reports/{concern.ref}/", status=404)


def test_an_office_in_the_whole_trust_reports_for_any_of_its_schools(cast):
    said = words(page(cast.hugh, "/report/?school=elmwood"))
    in_order(said, "Report a concern at Elmwood School", "Olu Bello")
    sent = {"narrative": "A head rang me.", "at_risk": "no", "form_token": "one"}
    browser(cast.hugh).post("/report/pupils/?school=elmwood", sent)
    assert Concern.objects.get().school == cast.elmwood
    page(cast.tom, "/report/pupils/?school=elmwood", status=404)


def test_the_list_shows_no_name_and_can_be_narrowed(cast):
    waiting, done = states.read(cast, at=FRIDAY), states.triaged(cast, at=FRIDAY - timedelta(days=1))
    said = words(page(cast.dee, "/concerns/"))
    in_order(
        said, waiting.ref, "on Facebook", "Oakfield School", "Waiting for triage", "3 days ago", done.ref, "Triaged"
    )
    assert "Sam Field" not in said
    assert "Kit" not in said
    narrowed = words(page(cast.dee, "/concerns/?status=triaged"))
    assert done.ref in narrowed
    assert waiting.ref not in narrowed
    in_order(words(page(cast.dee, "/concerns/?status=finished")), "No concern matches", "Show all concerns")
    in_order(words(page(cast.zoe, "/concerns/")), "No concern to show")


def test_a_report_nobody_has_read_shows_no_word_of_it_until_it_is_opened(cast):
    concern = states.reported(cast, at=FRIDAY, at_risk="yes")
    dee = browser(cast.dee)
    answer = dee.get(address(concern))
    in_order(
        words(answer), "Nobody has read this report yet", "somebody is at risk now", "3 days ago", "Read this report"
    )
    assert states.WORDS not in words(answer)
    hidden = dict(re.findall(r'name="(form_\w+)" value="([^"]+)"', answer.content.decode()))
    opened = dee.post(f"{address(concern)}read-report/", hidden, follow=True)
    in_order(words(opened), "Report read for the first time.", "In the reporter’s words", states.WORDS)
    concern.refresh_from_db()
    assert concern.read_by == cast.dee.person


def test_who_stands_aside_is_told_why_and_offered_no_reading(cast):
    people_named = [{"name": "Dee Marsh", "kind": "staff", "part": "target"}]
    concern = states.reported(cast, at=FRIDAY, people=people_named, what="abuse_of_staff")
    said = words(page(cast.dee, address(concern)))
    in_order(said, "You cannot decide this:")
    assert "Opening it shows the reporter" not in said


def test_a_concern_says_first_what_comes_next_by_when_and_on_whose_word(cast):
    concern = states.triaged(cast, at=FRIDAY)
    said = words(page(cast.dee, address(concern)))
    # Reported on Friday at eight: the head and the data protection officer are told that day, the lead has read it;
    # 72 hours are over on Monday at eight; a conflict is confirmed by the end of the next working day, Monday, and the
    # LADO would be contacted within one working day, Monday too.
    in_order(said, "What comes next", "Tell the 2 people below, and record when", "Fri 20 Nov 2026", "Overdue")
    in_order(said, "must the ICO be told?", "by Mon 23 Nov 2026, 08:00", "the law, UK GDPR Article 33")
    in_order(said, "Confirm or lift the conflict of interest of 2 people", "Mon 23 Nov 2026", "our suggestion")
    in_order(said, "Answer the threshold question", "Harriet Lowe", "Mon 23 Nov 2026", "the law")
    assert never_said(said) == []


def test_a_concern_shows_who_must_know_and_why_the_people_and_what_can_be_charged(cast):
    concern = states.triaged(cast, at=FRIDAY)
    said = words(page(cast.dee, address(concern)))
    in_order(said, "In the reporter’s words", states.WORDS, "Who needs to know now", "Harriet Lowe")
    in_order(said, "Because of the law", "Keeping children safe in education", "You are among them too")
    in_order(
        said,
        "People",
        "Sam Field",
        "Cannot see this",
        "To be confirmed",
        "Teacher of music",
        "the person this is about",
    )
    in_order(said, "Dot Evans", "Decides nothing here", "Pat Field", "Cannot see this")
    in_order(said, "What your policy says", "version 2022", "Review overdue", "Paragraphs that can be charged")
    in_order(said, "History", "Concern triaged", "by Dee Marsh", "Report read for the first time", "Concern reported")


def test_a_concern_of_forty_files_shows_five_and_none_opened(cast):
    concern = states.read(cast, at=FRIDAY)
    for number in range(4):
        files = [states.upload(cast.dee, f"{number}-{file}.png") for file in range(10)]
        when = FRIDAY + timedelta(hours=2 + number)
        reporting.add_evidence(concern, by=cast.dee, at=when, files=files, how_seen="public")
    answer = page(cast.dee, address(concern))
    in_order(words(answer), "40 files, kept exactly as received", "0-4.png", "Show the other 35 files", "3-9.png")
    assert "<img" not in answer.content.decode()


def test_somebody_aside_sees_the_record_and_is_told_that_they_decide_nothing(cast):
    concern = states.triaged(cast, at=FRIDAY)
    in_order(words(page(cast.dot, address(concern))), "You decide nothing here.", "What comes next")


def test_triage_shows_beside_the_questions_what_the_policy_and_the_law_propose(cast):
    concern = states.read(cast, at=FRIDAY)
    said = words(page(cast.dee, f"{address(concern)}triage/"))
    in_order(said, "In the reporter’s words", states.WORDS, "What follows, as it stands", "Who needs to know now")
    in_order(said, "You, DSL, are reading it.", "Harriet Lowe", "by the end of Fri 20 Nov 2026", "our suggestion")
    in_order(said, "The threshold question", "Could this have harmed a child", "Harriet Lowe answers it", "Dee Marsh")
    in_order(said, "What is it?", "Who did it to whom?", "Why?")
    assert never_said(said) == []


def test_no_page_of_an_act_shows_the_words_of_a_report_that_nobody_has_opened(cast):
    concern = states.reported(cast, at=FRIDAY)
    dee = browser(cast.dee)
    refused = dee.get(f"{address(concern)}triage/")
    assert refused.status_code == 409
    in_order(words(refused), "Read the report first.")
    for answer in (refused, dee.get(f"{address(concern)}name-person/")):
        assert states.WORDS not in words(answer)


def test_the_threshold_question_is_answered_with_the_words_in_sight(cast):
    concern = states.triaged(cast, at=FRIDAY)
    said = words(page(cast.harriet, f"{address(concern)}answer-threshold/"))
    in_order(said, "In the reporter’s words", states.WORDS, "Could this have harmed a child", "It meets the threshold")


def test_a_takedown_is_asked_for_with_what_the_policy_allows_before_the_questions(cast):
    concern = states.answered(cast, at=FRIDAY)
    said = words(page(cast.dee, f"{address(concern)}request-takedown/"))
    in_order(said, "The policy gives no express power to tell anyone to remove it", "Which copy?", "Who is asked?")


def test_triage_says_when_the_threshold_question_is_not_raised(cast):
    concern = states.read(cast, at=FRIDAY, what="abuse_of_staff", people=[])
    in_order(words(page(cast.dee, f"{address(concern)}triage/")), "Not raised by the facts")


def test_triage_keeps_what_was_typed_when_an_answer_is_missing(cast):
    concern = states.read(cast, at=FRIDAY)
    answer = browser(cast.dee).post(f"{address(concern)}triage/", {"reason": "", "managed_under": "Behaviour"})
    assert answer.status_code == 400
    in_order(words(answer), "“What is it?” needs an answer.", "“Why?” needs an answer.", "What follows, as it stands")
    assert 'value="Behaviour"' in answer.content.decode()


def test_a_takedown_shows_what_was_asked_what_came_back_and_when_to_chase(cast):
    takedown = states.requested(cast, at=FRIDAY)
    refused = {"answer": "refused", "happened_at": FRIDAY + timedelta(hours=6), "said": "It breaks no rule of ours."}
    takedowns.log_reply(takedown, by=cast.dee, at=FRIDAY + timedelta(hours=6), **refused)
    said = words(page(cast.dee, address(takedown)))
    # Sent on Friday: chased by the end of the second working day, Tuesday.
    in_order(said, takedown.ref, "Facebook: sam.f", "Refused", "by the end of Tue 24 Nov 2026", "our suggestion")
    in_order(said, "Request sent", "Please remove this.", "Reply received", "It breaks no rule of ours.")
    in_order(words(page(cast.dee, address(takedown.record.concern))), "Where it is", takedown.ref, "Refused")
    assert never_said(said) == []


def test_a_post_that_is_gone_is_looked_at_again_in_thirty_days(cast):
    takedown = states.removed(cast, at=FRIDAY)
    assert Takedown.objects.get(pk=takedown.pk).recheck_on == datetime(2026, 12, 20, tzinfo=LONDON).date()
    in_order(words(page(cast.dee, address(takedown))), "Gone", "Look again", "Sun 20 Dec 2026")


def test_each_page_of_a_record_has_a_way_out_and_leaves_one_line_of_who_looked(cast):
    concern = states.triaged(cast, at=FRIDAY)
    for path in (address(concern), f"{address(concern)}triage/", "/concerns/"):
        before = Looked.objects.count()
        source = page(cast.dee, path).content.decode()
        assert 'href="/week-planner/"' in source
        (line,) = Looked.objects.order_by("-at")[: Looked.objects.count() - before]
        assert line.records == [str(concern.pk)]
    assert "Leave this page now" in words(page(cast.tom, "/report/pupils/"))


def test_whoever_is_consulted_is_named_though_the_policy_does_not_have_them_told(cast):
    # V5 of Sovereign has misuse told to the heads and the chief executive; the law still has the lead consulted.
    make.policy_of(cast.trust, policy.text_of("sovereign-5.0"), at=FRIDAY - states.DAY)
    concern = states.read(cast, at=FRIDAY)
    said = words(page(cast.dee, f"{address(concern)}triage/"))
    in_order(said, "The threshold question", "Harriet Lowe answers it, after consulting Dee Marsh.")
