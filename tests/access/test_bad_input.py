"""Whatever is typed or sent: kept faithfully, or refused in a clear sentence; nothing lost, nothing broken."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.models import Note
from incidents.models import Concern, Evidence, Link
from incidents.workflow import triage
from reports import printed_acts
from schools import files
from schools.models import Upload
from schools.questions import WrongShape
from tests import states
from tests.access.browsing import KEY, LONG_AGO, address, browser, send, sought
from tests.access.test_matrix import right_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
LONG = "She wrote it again. " * 15_000
FAITHFUL = {
    "apostrophes": "O'Neill’s \"post\" said: it's 'fine'",
    "marks of another script": "كتب هذا \u202eabc\u202c \u200fx",
    "emoji": "😀 👩‍👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "tags": "<script>alert(1)</script> & <b>bold</b> {{ x }} {% now %} %s ${x}",
    "accents apart": "Zoe\u0308 Ame\u0301lie",
    "long": LONG,
    "lines": "one\n\ntwo\n  three",
    "formula": '=HYPERLINK("https://x.example")',
}
WRONG_SHAPES = [None, True, 5, 1.5, 10**30, [], ["x"], {}, {"a": 1}, [[]], [{}], [None], "", "\x00", "nonsense", "-1"]
WRONG_DOCUMENTS = ["[]", "null", "5", '"text"', "{", "", "{'a': 1}", "NaN", '{"a": NaN}', "[" * 50_000, "\xff\xfe"]
GOOD = {"what": "staff_bullying", "narrative": "A post.", "at_risk": "no"}
REPORT = "/schools/oakfield/report/"


def sentences(answer) -> list[str]:
    said = answer.json()
    return said.get("errors") or [said["detail"]]


@pytest.mark.parametrize("text", FAITHFUL.values(), ids=FAITHFUL)
def test_words_are_kept_as_they_were_sent_and_shown_as_they_are(cast, text):
    answer = send(browser(cast.tom), REPORT, GOOD | {"narrative": text})
    assert answer.status_code == 201
    concern = Concern.objects.get()
    assert states.words(concern).narrative == text.strip()
    triage.read_report(concern, by=cast.dee, at=cast.now)
    assert browser(cast.dee).get(f"/api/v1{address(concern)}").json()["narrative"] == text.strip()
    page = browser(cast.dee).get(address(concern)).content.decode()
    assert "<script>alert" not in page
    assert "<b>bold" not in page


@pytest.mark.parametrize("text", FAITHFUL.values(), ids=FAITHFUL)
def test_words_typed_into_the_page_are_the_same_words(cast, text):
    part = states.part(cast, at=cast.now - LONG_AGO)
    typed = {"text": text.replace("\n", "\r\n"), "form_token": "c" * 24}
    assert browser(cast.dee).post(address(part, "write-note"), typed).status_code == 302
    assert states.words(Note.objects.get()).text == text.strip()


def test_a_null_byte_is_named_and_the_rest_is_kept(cast):
    typed = GOOD | {"narrative": "before\x00after", "at_risk": "not_sure", "form_token": "d" * 24}
    answer = browser(cast.tom).post("/report/staff_bullying/", typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "holds a character that cannot be kept" in page
    assert "before" in page
    assert 'value="not_sure" checked' in " ".join(page.split())
    assert "holds a character" in sentences(send(browser(cast.tom), REPORT, GOOD | {"narrative": "a\x00b"}))[0]


def test_too_long_is_said_with_by_how_much(cast):
    answer = send(browser(cast.tom), REPORT, GOOD | {"narrative": "x" * 400_001})
    words = "“Tell us in your own words” can have at most 400,000 characters; this is 1 too many."
    assert sentences(answer) == [words]


@pytest.mark.parametrize("document", WRONG_DOCUMENTS)
def test_what_is_no_json_object_is_refused_in_a_sentence(cast, document):
    answer = send(browser(cast.tom), REPORT, document)
    assert answer.status_code == 400
    assert all(sentence.endswith(".") for sentence in sentences(answer)[:1])
    assert not Concern.objects.exists()


def taken_or_refused(question, name, value) -> list[str]:
    """What the page would have sent for a JSON value, or the sentences with which it is refused."""
    try:
        typed = question.from_json(name=name, value=value, where=name)
    except WrongShape as wrong:
        return list(wrong.args)
    return [text for texts in typed.values() for text in texts]


def test_no_question_of_any_act_breaks_on_a_wrong_shape():
    for _, act in printed_acts.offered():
        for name, question in act.form.base_fields.items():
            for value in WRONG_SHAPES:
                assert all(isinstance(text, str) for text in taken_or_refused(question, name, value))


@pytest.mark.parametrize(
    ("plural", "slug"),
    [
        ("concerns", "triage"),
        ("concerns", "answer-threshold"),
        ("concerns", "record-told"),
        ("concerns", "confirm-conflict"),
        ("concerns", "request-takedown"),
        ("concerns", "join-case"),
        ("cases", "open-part"),
        ("parts", "hand-over"),
        ("parts", "copy-item"),
        ("parts", "begin-proceeding"),
        ("proceedings", "record-finding"),
        ("schools", "appoint"),
        ("schools", "relate"),
        ("schools", "record-calendar"),
    ],
)
def test_no_endpoint_breaks_on_a_wrong_shape(cast, plural, slug):
    client, path = (
        browser(cast.ada if plural == "schools" else cast.harriet),
        address(right_state(cast, plural, slug), slug),
    )
    act = next(act for subject, act in printed_acts.offered() if (subject.plural, act.slug) == (plural, slug))
    for number, value in enumerate(WRONG_SHAPES):
        payload = dict.fromkeys(act.form.base_fields, value)
        answer = send(client, path, payload, key=f"wrong-shape-{number}")
        assert answer.status_code == 400, value
        assert all(sentence.strip() for sentence in sentences(answer))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "NONSENSE"}, "“What is it?” must be one of the answers shown."),
        ({"secondary_codes": ["NONSENSE"]}, "“Is it also any of these?” must be some of the answers shown."),
        ({"direction": "sideways"}, "“Who did it to whom?” must be one of the answers shown."),
        ({"is_threat": "true"}, "“Is there a threat?” must be one of the answers shown."),
        ({"is_threat": True}, "is_threat must be one of yes, no."),
        ({"by": "dee"}, None),
        ({"at": "2026-01-01T00:00:00Z"}, None),
    ],
)
def test_an_unknown_answer_is_refused_by_name(cast, change, words):
    concern = states.read(cast, at=cast.now - LONG_AGO)
    told = {"code": "BULLY", "direction": "staff_act", "is_threat": "no", "reason": "It mocks."} | change
    answer = send(browser(cast.dee), address(concern, "triage"), told)
    assert answer.status_code == 400
    (name,) = change
    assert sentences(answer)[0].startswith(words or f"{name} is not asked here;")
    assert Concern.objects.get().status == "reported"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-02-30T10:00:00+00:00", "must be a real date and time written like"),
        ("2026-11-20T10:00:00", "must say its time zone, like"),
        ("9999-12-31T23:59:59-23:59", "must have a year from 1900 to 2199"),
        ("2026-11-23T09:00:00+00:00", "must not be in the future"),
        ("tomorrow", "must be a real date and time written like"),
    ],
)
def test_a_time_that_is_none_or_to_come_is_refused(cast, typed, words):
    answer = send(browser(cast.tom), REPORT, GOOD | {"seen_at": typed})
    assert answer.status_code == 400
    assert words in sentences(answer)[0]


def test_other_peoples_things_cannot_be_named(cast):
    """What is chosen must be one of what was offered: not a copy, a telling or an allegation of another record."""
    at = cast.now - LONG_AGO
    mine, other = states.answered(cast, at=at), states.answered(cast, at=at)
    link = Link.objects.get(record=other.record)
    asked = {"link": str(link.pk), "asked_of": "platform", "said": "Please."}
    answer = send(browser(cast.dee), address(mine, "request-takedown"), asked)
    assert (answer.status_code, sentences(answer)) == (400, ["“Which copy?” must be one of the answers shown."])
    told = {"telling": str(states.untold(other).pk), "told_at": "2026-11-22T10:00:00+00:00"}
    answer = send(browser(cast.dee), address(mine, "record-told"), told)
    assert sentences(answer) == ["“Who has been told?” must be one of the answers shown."]


def test_somebody_elses_upload_is_not_taken_in(cast):
    upload = states.upload(cast.dee)
    answer = send(browser(cast.tom), REPORT, GOOD | {"files": [str(upload.pk)]})
    assert answer.status_code in {201, 400}
    assert not Evidence.objects.exists()
    assert Upload.objects.filter(pk=upload.pk).exists()


def test_a_stale_form_is_refused_and_nothing_typed_is_lost(cast):
    concern = states.read(cast, at=cast.now - LONG_AGO)
    told = {"code": "BULLY", "direction": "staff_act", "is_threat": "no", "reason": "It mocks a colleague."}
    dee, harriet = browser(cast.dee), browser(cast.harriet)
    path, seen = address(concern, "triage"), Concern.objects.get().record.head.seq
    assert dee.post(path, told | {"form_token": "e" * 24, "form_seen": seen}).status_code == 302
    late = harriet.post(path, told | {"reason": "I see it so.", "form_token": "f" * 24, "form_seen": seen})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Someone changed this while you were typing." in page
    assert "I see it so." in page
    assert states.words(Concern.objects.get()).triage_reason == "It mocks a colleague."


def test_a_form_sent_twice_is_done_once_and_lands_on_the_same_page(cast):
    part = states.part(cast, at=cast.now - LONG_AGO)
    typed = {"text": "Once.", "form_token": "g" * 24}
    answers = [browser(cast.dee).post(address(part, "write-note"), typed) for _ in range(3)]
    assert {(answer.status_code, answer["location"]) for answer in answers} == {(302, address(part))}
    assert Note.objects.count() == 1
    sent = [
        send(browser(cast.dee), address(part, "write-note"), {"text": "Twice?"}, key="the-same-key") for _ in range(3)
    ]
    assert [answer.status_code for answer in sent] == [201, 200, 200]
    assert Note.objects.count() == 2


def test_other_words_with_the_same_key_are_not_taken_for_sent(cast):
    """Somebody goes back, mends what they wrote and sends it again: what they see must not say that it is kept."""
    part, dee = states.part(cast, at=cast.now - LONG_AGO), browser(cast.dee)
    path, words = address(part, "write-note"), "Something else was sent from this form before."
    assert dee.post(path, {"text": "At two.", "form_token": "g" * 24}).status_code == 302
    mended = dee.post(path, {"text": "At three.", "form_token": "g" * 24})
    page = mended.content.decode()
    assert (mended.status_code, words in page, "At three." in page) == (409, True, True)
    assert send(dee, path, {"text": "At four."}).status_code == 201
    answer = send(dee, path, {"text": "At five."})
    assert (answer.status_code, answer.json()["detail"].startswith(words)) == (409, True)
    assert sorted(states.words(note).text for note in Note.objects.all()) == ["At four.", "At two."]


def test_a_key_sent_for_another_record_does_nothing_and_says_so(cast):
    """What was said of one part must never pass for having been said of another."""
    at = cast.now - LONG_AGO
    first, second = (states.part(cast, at=at) for _ in range(2))
    dee, words = browser(cast.dee), "Something else was sent from this form before."
    assert send(dee, address(first, "write-note"), {"text": "Of the first."}).status_code == 201
    answer = send(dee, address(second, "write-note"), {"text": "Of the second."})
    assert (answer.status_code, answer.json()["detail"].startswith(words)) == (409, True)
    typed = {"text": "Of the second.", "form_token": KEY + "1"}
    page = dee.post(address(second, "write-note"), typed)
    assert (page.status_code, "Of the second." in page.content.decode()) == (409, True)
    assert [note.record_id for note in Note.objects.all()] == [first.pk]
    other = send(dee, address(first, "offer-support"), {"text": "Of the first."})
    assert other.status_code in {400, 409}


@pytest.mark.parametrize("seen", ["9" * 30, "-1", "1.5", "²", "x", ""])
def test_a_number_of_a_line_that_is_none_changes_nothing_it_should_not(cast, seen):
    part = states.part(cast, at=cast.now - LONG_AGO)
    answer = send(browser(cast.dee), address(part, "write-note"), {"text": "A note."}, **{"If-Seen": seen})
    assert answer.status_code in ({201} if not seen else {201, 409})


@pytest.mark.parametrize("typed", ["\0", "a" * 5_000, '"""', "*)(:NEAR", "😀", "", "%", "' OR 1=1 --"])
def test_a_search_takes_whatever_is_typed(cast, typed):
    states.reported(cast, at=cast.now - LONG_AGO)
    client = browser(cast.dee)
    assert client.get(sought(client, typed)).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/concerns/?page=99999999999999999999", "/concerns/?page=-1", "/concerns/?page=²", "/concerns/?page=abc",
        "/concerns/?status=nonsense&sort=nonsense&school=%00", "/concerns/?code=%F0%9F%98%80", "/cases/?status=%00",
        "/search/?words=%00", "/search/?words=" + "a" * 5_000, "/search/?words=",
        "/papers/?status=x", "/what-if/?code=nonsense", "/my-reports/?page=1e9",
    ],
)  # fmt: skip
def test_a_list_takes_whatever_stands_in_its_address(cast, path):
    states.reported(cast, at=cast.now - LONG_AGO)
    assert browser(cast.dee).get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/concerns/C-0000-0000/", "/concerns/%00/", "/concerns/" + "C" * 3_000 + "/", "/concerns/C-7K4M-9TX2%20/",
        "/papers/F-0000-0000/file/99999999999999999999999/", "/evidence/..%2F..%2Fetc%2Fpasswd/", "/report/nonsense/",
        "/nonsense/x/y/", "/concerns/😀/triage/", "/schools/oakfield/no-such-act/", "/policies/x/", "/policies/x/file/",
        "/policies/x/compare/y/", "/api/v1/concerns/%00/", "/api/v1/nonsense/x/y/",
    ],
)  # fmt: skip
def test_an_address_of_nothing_is_not_found_or_no_method(cast, path):
    answer = browser(cast.dee).get(path)
    assert answer.status_code == (405 if path == "/api/v1/nonsense/x/y/" else 404)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/concerns/{}/", "/api/v1/concerns/{}/", "/api/v1/concerns/{}/triage/"])
def test_nothing_is_edited_or_deleted(cast, method, path):
    concern = states.read(cast, at=cast.now - LONG_AGO)
    answer = getattr(browser(cast.dee), method)(path.format(concern.ref), "{}", content_type="application/json")
    assert answer.status_code in {200, 405}
    assert answer.status_code == 405 or not path.startswith("/api/")
    assert states.lines(concern) == ["concern.reported", "concern.read"]


@pytest.mark.parametrize("key", ["", "short", "x" * 65])
def test_a_request_needs_a_key_of_its_own(cast, key):
    answer = send(browser(cast.tom), REPORT, GOOD, key=key)
    assert (answer.status_code, "Idempotency-Key" in answer.json()["detail"]) == (400, True)


STOPPED = ["child_imagery", "adult_imagery", "blackmail", "extremism"]


def picture(name="evidence.png"):
    return SimpleUploadedFile(name, states.PICTURE, content_type="image/png")


@pytest.mark.parametrize("what", STOPPED)
def test_behind_a_stop_sign_no_file_arrives_by_any_route(cast, what):
    before = set(files.store().names())
    told = {"what": what, "narrative": "I was shown it.", "at_risk": "yes"}
    page = browser(cast.tom).get(f"/report/{what}/").content.decode()
    assert 'type="file"' not in page
    typed = told | {"files-file": picture(), "form_token": "h" * 24}
    browser(cast.tom).post(f"/report/{what}/", typed)
    client = browser(cast.tom)
    client.post(f"/api/v1{REPORT}", told | {"files-file": picture()}, headers={"Idempotency-Key": "by-multipart"})
    waiting = states.upload(cast.tom)
    answer = send(client, REPORT, told | {"files": [str(waiting.pk)]}, key="by-its-number")
    assert (answer.status_code, "words only" in sentences(answer)[0]) == (400, True)
    kept = states.reported(cast, at=cast.now - LONG_AGO, what=what)
    for path in (address(kept, "add-evidence"), f"/api/v1{address(kept, 'add-evidence')}"):
        more = {"files-file": picture(), "how_seen": "public", "form_token": "i" * 24}
        answer = browser(cast.dee).post(path, more, headers={"Idempotency-Key": "add-a-file"})
        assert answer.status_code == 409
    assert not Evidence.objects.exists()
    assert set(files.store().names()) - before <= {waiting.stored_as}


def test_what_turns_out_to_be_such_imagery_takes_no_more_and_gives_none_out(cast):
    at = cast.now - LONG_AGO
    concern = states.read(cast, at=at, files=[states.upload(cast.tom)])
    item = Evidence.objects.get()
    triage.triage(concern, by=cast.dee, at=at + states.DAY, code="SEXIMG", direction="unknown", reason="It is.")
    answer = browser(cast.dee).get(f"/evidence/{item.ref}/")
    assert answer.status_code == 409
    assert states.PICTURE not in answer.content
    waiting = states.upload(cast.dee)
    sent = {"files": [str(waiting.pk)], "how_seen": "public"}
    assert send(browser(cast.dee), address(concern, "add-evidence"), sent).status_code == 409
    assert Evidence.objects.count() == 1


def test_every_answer_to_a_mistake_is_one_of_our_own(cast):
    """The one form of refusal over the API: status, a title in words, what is wrong."""
    answer = send(browser(cast.tom), REPORT, json.dumps({"what": 5}))
    assert set(answer.json()) == {"type", "status", "title", "detail", "errors"}
    assert answer.json()["title"] == "Something in this needs putting right."
