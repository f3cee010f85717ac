"""The demonstration: all of it comes in through acts, at its own times, once, and only into an empty installation."""

import hashlib
import json
import re
import stat
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver

from casework.desk import desk_of
from casework.models import Part, Proceeding
from incidents import choices
from incidents.models import Concern, Evidence, Takedown, Telling
from incidents.workflow import reporting
from reports.demo import reported, seeding, source
from reports.demo.institution import FOUNDED_AT, Institution
from schools import clock, files, sealing, verify
from schools.access import Viewer
from schools.acts import Refused
from schools.models import (
    Appointment,
    Arrangement,
    Entry,
    Exclusion,
    Installation,
    Involvement,
    Person,
    School,
    Upload,
    User,
)
from schools.roles import Role
from tests.lasting import filled_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demonstration, once for all tests of this page."""
    with filled_once(django_db_blocker):
        seeding.seed()
        yield


@pytest.fixture(autouse=True)
def _own_clock():
    """The clock of the demonstration ends with each test."""
    clock.forget()
    yield
    clock.forget()


def told(*arguments, **options) -> str:
    out = StringIO()
    call_command("seed_demo", *arguments, stdout=out, **options)
    return out.getvalue()


def viewer(key: str) -> Viewer:
    return Viewer(User.objects.get(person__key=key), seeding.OPENS_AT)


def concern(key: str) -> Concern:
    """A concern of the data, found again by who reported it and when."""
    row = next(row for row in source.rows("concerns") if row["key"] == key)
    return Concern.objects.get(reporter__key=row["reported_by"], reported_at=source.moment(row["reported_at"]))


def test_everyone_of_the_data_is_there_and_only_the_staff_are_named_in_clear(demo):
    listed = source.rows("people")
    assert Person.objects.count() == len(listed)
    clear = {row["person_key"] for row in listed if row["kind"] in ("staff", "agency", "contractor", "volunteer")}
    clear |= {row["person_key"] for row in listed if row["kind"] in ("governor", "trustee")}
    assert set(Person.objects.exclude(name="").values_list("key", flat=True)) == clear
    assert sealing.open_row(Person.objects.get(key="P093")).sealed_name == "Sharon Lunt"


def test_everyone_who_works_there_is_staff_and_signs_in_but_the_volunteer_does_not(demo):
    working = set(Person.objects.filter(kind__in=("staff", "agency", "contractor", "volunteer")))
    staff = Appointment.objects.filter(role=Role.STAFF).select_related("person")
    assert {office.person for office in staff} == working
    assert not User.objects.filter(person__kind__in=("volunteer", "pupil", "parent", "former_pupil")).exists()
    assert User.objects.filter(person__key="P077", person__kind="governor").exists()


def test_offices_at_the_centre_hold_in_the_whole_trust_and_one_person_administers(demo):
    central = Appointment.objects.filter(person__key="P072", role=Role.HR_LEAD).get()
    assert central.school is None
    assert Appointment.objects.get(person__key="P075", role=Role.DSL).school.slug == "seh"
    administrators = Appointment.objects.filter(role=Role.ADMINISTRATOR, trust__slug="allsaints")
    assert [(office.person.key, office.school) for office in administrators] == [("P068", None)]


def test_every_school_has_all_that_it_answers_to_and_rings(demo):
    # Who keeps the root key and who witnesses the history is named once, by whoever sets an installation up.
    wanted = {kind for kind, _ in Arrangement.KINDS} - {"key_custodian", "witness"}
    for school in School.objects.filter(kind=School.SCHOOL):
        assert set(school.arrangements.values_list("kind", flat=True)) == wanted


def test_every_concern_came_in_at_its_own_time_in_its_own_words(demo):
    rows = {source.moment(row["reported_at"]): row for row in source.rows("concerns")}
    found = sealing.open_rows(Concern.objects.select_related("reporter"))
    assert {one.reported_at for one in found} == set(rows)
    for one in found:
        row = rows[one.reported_at]
        assert one.opened.narrative == row["narrative"]
        assert (one.reporter.key, one.channel) == (row["reported_by"], row["channel"])


def test_a_concern_that_was_triaged_has_the_code_a_trained_reader_would_give(demo):
    assert concern("C029").codes == ["LEGAL", "CONFID", "PDATA"]
    assert concern("C023").codes == ["BULLY", "OFFENSIVE"]
    assert concern("C021").flags == "doxxing"
    assert concern("C022").direction == "staff_act"


def test_people_of_one_name_are_told_apart_by_school_and_by_what_they_are(demo):
    named = {
        key: set(Involvement.objects.filter(record=concern(key).record).values_list("part", "person__key"))
        for key in ("C005", "C008")
    }
    # Three people are called Sam Taylor: a pupil and a cover supervisor of one school, and a manager of another trust.
    assert ("affected", "P028") in named["C005"]
    assert ("subject", "P022") in named["C008"]
    assert not {("affected", "P022"), ("subject", "P028"), ("subject", "P068")} & (named["C005"] | named["C008"])


def test_the_agency_is_to_be_told_though_its_contact_is_in_no_directory(demo):
    agency = Telling.objects.get(record=concern("C005").record, role="agency")
    assert agency.person is None


def test_every_trust_answers_under_its_own_policy(demo):
    packs = {one.school.trust.slug: one.record.pack.pack_id for one in Concern.objects.select_related("record__pack")}
    assert packs == {
        "archway": "archway-2019",
        "lte": "lte-2019-09",
        "allsaints": "allsaints-2022",
        "sovereign": "sovereign-5.0",
        "lwlat": "lwlat-1.4",
    }


def test_what_may_be_imagery_is_in_words_only_and_stays_so(demo):
    for key in ("C010", "C039"):
        assert concern(key).is_words_only
        assert not Evidence.objects.filter(record=concern(key).record).exists()
        assert reporting.files_allowed(concern(key), viewer("P006")) == reporting.NO_FILES


def test_a_chair_of_several_boards_holds_the_office_at_each(demo):
    chairs = Appointment.objects.filter(person__key="P154", role=Role.CHAIR_OF_LOCAL_BOARD)
    assert set(chairs.values_list("school__slug", flat=True)) == {"orr", "pmp", "wba"}


def test_who_has_no_account_is_named_as_the_one_who_told_it(demo):
    kevin = concern("C028")
    assert (kevin.reporter.key, kevin.typed_by.key) == ("P088", "P079")


def test_every_file_is_sealed_whole_and_opens_to_the_same_bytes(demo):
    items = sealing.open_rows(Evidence.objects.all())
    assert {item.opened.name for item in items} == {
        name for row in source.rows("concerns") for name in source.items(row["evidence_files"])
    }
    for item in items:
        original = (source.FOLDER / "evidence" / item.opened.name).read_bytes()
        assert item.sha256 == hashlib.sha256(original).hexdigest()
        assert b"".join(files.open_item(item.pk, item.stored_as)) == original
    assert not Upload.objects.exists()


def test_the_safeguarding_lead_finds_no_trace_of_what_is_about_him(demo):
    about_him = concern("C027")
    assert about_him not in Concern.objects.visible_to(viewer("P075"))
    assert about_him in Concern.objects.visible_to(viewer("P076"))
    assert about_him.ref not in {task.ref for task in desk_of_page(viewer("P075")).tasks}


def test_the_head_stands_aside_as_target_and_the_chair_is_shut_out_as_subject(demo):
    grades = {row.person.key: row.grade for row in Exclusion.objects.filter(record=concern("C024").record)}
    assert grades == {"P078": Exclusion.ASIDE}
    grades = {row.person.key: row.grade for row in Exclusion.objects.filter(record=concern("C026").record)}
    assert grades == {"P083": Exclusion.HIDDEN, "P081": Exclusion.ASIDE, "P084": Exclusion.ASIDE}


def desk_of_page(one: Viewer):
    get_resolver().url_patterns  # noqa: B018  (the addresses on a desk are those of the pages)
    return desk_of(one)


@pytest.mark.parametrize(
    "key", ["P070", "P072", "P073", "P074", "P075", "P076", "P078", "P079", "P081", "P082", "P084"]
)
def test_something_waits_on_the_desk_of_every_office_that_acts(demo, key):
    assert desk_of_page(viewer(key)).tasks


OFFICES = ("head_of_school", "dsl", "hr_lead", "dpo", "ceo", "chair_of_local_board", "administrator")


@pytest.mark.parametrize("trust", ["archway", "lte", "allsaints", "sovereign", "lwlat"])
def test_every_office_of_every_trust_opens_on_something_worth_doing(demo, trust):
    held = Appointment.objects.current(seeding.OPENS_AT).filter(trust__slug=trust, role__in=OFFICES)
    busy = dict.fromkeys(OFFICES, False)
    for office in held.select_related("person").order_by("pk"):
        busy[office.role] = busy[office.role] or bool(desk_of_page(viewer(office.person.key)).tasks)
    assert busy == dict.fromkeys(OFFICES, True)


def test_on_the_first_morning_work_is_unread_overdue_due_today_to_decide_and_coming_up(demo):
    found = {}
    for user in User.objects.filter(person__appointments__role__in=OFFICES).distinct():
        desk = desk_of_page(Viewer(user, seeding.OPENS_AT))
        for section in desk.sections:
            found.setdefault(section.heading, set()).update((task.what, str(task.due or "")) for task in section.tasks)
    # Asked on Tuesday 17 November, so two working days ended on Thursday 19; begun on Friday 23 October, so four weeks
    # ended on Friday 20 November; asked on Friday 20, so Tuesday 24.
    assert ("Chase a takedown", "2026-11-19 23:59:59+00:00") in found["Overdue"]
    assert ("Finish the investigation", "2026-11-20") in found["Overdue"]
    assert ("Chase a takedown", "2026-11-24 23:59:59+00:00") in found["Coming up"]
    # Known on Friday 20 November at 15:30 and at 16:05: 72 hours.
    for due in ("2026-11-23 15:30:00+00:00", "2026-11-23 16:05:00+00:00"):
        assert ("Decide whether the ICO is told", due) in found["Due today"]
    assert {"Contact the LADO", "Hold the hearing", "Deal with a post that is back"} <= {
        what for what, _ in found["Due today"]
    }
    assert {"Offer support", "Confirm an appointment"} <= {what for what, _ in found["Decisions waiting for you"]}
    # Reported on Friday 11 September: the LADO is told within one working day, and the head's answer says whether.
    assert ("Answer the threshold question", "2026-09-14 23:59:59+01:00") in found["Overdue"]
    assert {what for what, _ in found["Not read yet"]} == {"Read"}


def test_work_of_every_stage_is_there(demo):
    assert set(Concern.objects.values_list("status", flat=True)) == {"reported", "triaged", "in_case", "finished"}
    assert Concern.objects.unread().exists()
    assert set(Part.objects.values_list("status", flat=True)) == {"open", "closed"}
    stages = {"begun", "arranged", "decided", "appealed", "final"}
    assert set(Proceeding.objects.values_list("status", flat=True)) == stages
    assert {"removed", "reappeared"} <= set(Takedown.objects.values_list("status", flat=True))


def conduct_about(key: str) -> Proceeding:
    return Proceeding.objects.select_related("part", "record").get(part__about__key=key)


def test_on_the_first_morning_a_hearing_is_at_ten(demo):
    owen = conduct_about("P020")
    assert (owen.status, owen.hearing_at.isoformat()) == ("arranged", "2026-11-23T10:00:00+00:00")
    # Begun Thursday 8 October; 20 working days: Friday 9 is 1, three weeks of five to Friday 30 are 16, 2 to 5 November
    # are 17 to 20. Papers three working days before Monday 23 November: 20, 19, Wednesday 18.
    assert (owen.investigation_due_on, owen.papers_due_on) == (date(2026, 11, 5), date(2026, 11, 18))
    assert (owen.investigator.key, owen.decision_maker.key) == ("P025", "P014")


def test_whoever_gave_the_instruction_or_was_there_decides_nothing_about_it(demo):
    aside = Exclusion.objects.filter(record=conduct_about("P020").record, grade=Exclusion.ASIDE)
    # P019 and P006 reported, P003 was there when the letter was handed over, P008 is described in the post.
    assert set(aside.values_list("person__key", flat=True)) == {"P003", "P006", "P008", "P019"}
    # In the concern itself the head who reported it in the course of his office stays free.
    assert not Exclusion.objects.filter(record=concern("C006").record, person__key="P006").exists()


def test_another_proceeding_waits_for_its_appeal(demo):
    fergus = conduct_about("P046")
    assert (fergus.status, fergus.outcome) == ("appealed", "final_written_warning")
    assert fergus.hearing_at.isoformat() == "2026-11-03T10:00:00+00:00"
    # Begun Monday 21 September; 20 working days are four weeks without a bank holiday: Monday 19 October.
    assert fergus.investigation_due_on == date(2026, 10, 19)
    # Heard Tuesday 3 November; papers 3 working days before: 2, then 30 and Thursday 29 October.
    assert fergus.papers_due_on == date(2026, 10, 29)
    # Letter 5 after the hearing: 4, 5, 6, 9, Tuesday 10 November.
    assert fergus.letter_due_on == date(2026, 11, 10)
    # Decided Thursday 5 November; appeal in 10: 6 is 1, 9 to 13 are 2 to 6, 16 to 19 are 7 to 10.
    assert fergus.appeal_until_on == date(2026, 11, 19)
    # Lodged that day, to be heard in 20: Friday 20 is 1, 23 to 27 are 2 to 6, then 11 to 4 December, 16 to 11
    # December, and 14 to 17 are 17 to 20.
    assert fergus.appeal_due_on == date(2026, 12, 17)
    assert fergus.appeal_officer.key == "P038"


def test_a_hearing_was_moved_for_a_companion_within_the_days_of_the_law(demo):
    moved = Entry.objects.get(verb="hearing.postponed")
    (arranged,) = Entry.objects.filter(verb="hearing.arranged", record=moved.record)
    versions = Proceeding.history.filter(record_id=moved.record_id).order_by("history_id")
    days = list(dict.fromkeys(row.hearing_at.date() for row in versions if row.hearing_at))
    # Set for Wednesday 28 October; five working days from the first after it end on Wednesday 4 November.
    assert days == [date(2026, 10, 28), date(2026, 11, 3)]
    assert arranged.at < moved.at


def test_nothing_happens_before_the_founding_or_after_the_clock_starts(demo):
    moments = Entry.objects.values_list("at", flat=True)
    assert min(moments) == FOUNDED_AT
    assert max(moments) <= seeding.OPENS_AT


def test_the_clock_starts_on_monday_the_23rd_and_runs_on(demo):
    installation = Installation.objects.get(pk=1)
    assert installation.demo_opens_at.isoformat() == "2026-11-23T08:00:00+00:00"
    shift = installation.demo_opens_at - installation.started_at
    before, shown, after = clock.machine_now(), clock.now(), clock.machine_now()
    assert before + shift <= shown <= after + shift


def test_nothing_was_changed_behind_our_back(demo):
    assert [finding.sentence for finding in verify.findings()] == []


def test_a_second_run_changes_nothing(demo):
    def everything():
        return Entry.objects.count(), Person.objects.count(), Installation.objects.get(pk=1).started_at

    before = everything()
    assert told() == "The demonstration is there already: nothing was changed.\n"
    assert json.loads(told("--json")) == {"concerns_made": 0}
    assert everything() == before


def test_one_password_opens_every_account_and_lies_in_the_data_folder_for_its_owner_only(demo):
    path = Path(settings.VAR) / "demo-password"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert re.fullmatch(r"[0-9a-f]{4}(-[0-9a-f]{4}){3}", seeding.password())
    for key in ("P068", "P074", "P083"):
        assert User.objects.get(person__key=key).check_password(seeding.password())


def test_the_accounts_are_listed_with_offices_and_the_password(demo):
    said = told("--accounts")
    assert "  s.taylor@allsaintsmat.example       Sam Taylor: administrator, it lead\n" in said
    assert said.endswith(f"Password of them all: {seeding.password()}\n")
    answer = json.loads(told("--accounts", "--json"))
    assert len(answer["accounts"]) == User.objects.count()
    kinsella = next(row for row in answer["accounts"] if row["email"] == "a.kinsella@stedriths.example")
    assert kinsella["offices"] == ["head of school", "leadership team"]


def test_imagery_takes_no_file_even_from_the_data(demo):
    row = next(row for row in source.rows("concerns") if row["key"] == "C020")
    row |= {"what": "child_imagery", "reported_at": "2026-11-20T10:00:00+00:00"}
    institution = all_saints()
    before = Concern.objects.count()
    with pytest.raises(Refused, match=reporting.NO_FILES):
        reported.report(institution, row)
    assert Concern.objects.count() == before
    words_only = reported.report(institution, row | {"evidence_files": ""})
    assert words_only.is_words_only


def all_saints() -> Institution:
    """The trust as it was founded, found again."""
    institution = Institution("allsaints", password="")
    institution.schools = {school.slug.upper(): school for school in School.objects.filter(trust__slug="allsaints")}
    institution.people = {person.key: person for person in Person.objects.filter(trust__slug="allsaints")}
    institution.names = {row["person_key"]: f"{row['given']} {row['family']}" for row in source.rows("people")}
    return institution


def test_the_data_gives_no_file_to_anything_behind_a_stop_sign():
    stopped = [row for row in source.rows("concerns") if choices.choices()[row["what"]].stop]
    assert [row["key"] for row in stopped if row["evidence_files"]] == []


def test_every_story_belongs_to_a_concern():
    stories = {path.stem for path in (source.FOLDER / "stories").glob("*.toml")}
    assert stories <= {row["key"] for row in source.rows("concerns")}


def test_every_telephone_number_and_address_is_one_nobody_has():
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(source.FOLDER.rglob("*.csv")))
    numbers = re.findall(r"\b0\d{3,4} \d{3} ?\d{3,4}\b", text)
    assert len(numbers) > 30
    assert [number for number in numbers if not number.startswith("01632 960")] == []
    domains = {address.rpartition("@")[2] for address in re.findall(r"[\w.'-]+@[\w.-]+\w", text)}
    assert [name for name in domains if not re.search(r"(\.example|\bexample\.(org|net|com))$", name)] == []
