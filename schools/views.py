"""Pages about a school, a trust and its policy."""

import json
from functools import cache

from django.shortcuts import redirect, render
from drf_spectacular.generators import SchemaGenerator

from schools import acts, clock, errors, forms, list_pages, policy
from schools.acts import Refused
from schools.lists import PEOPLE
from schools.models import AdoptedPolicy, Appointment, Arrangement, School
from schools.openapi import example_of
from schools.roles import LANES, READS, Kind, Permission, Role, grants
from schools.subjects import SUBJECTS, path_of
from schools.web import ANYONE, SIGNED_IN, buttons, find_subject, opens_to, show, viewer_of
from schools.workflow import first_run

NEEDED = (Role.HEAD_OF_SCHOOL, Role.DSL)


@opens_to(ANYONE)
def set_up(request):
    """The first set-up: it exists only until somebody has done it with the code from the terminal."""
    if not first_run.is_needed():
        return errors.not_found(request)
    form = forms.SetUp(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            first_run.set_up(at=clock.now(), **form.cleaned_data)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("account_login")
    status = 400 if request.method == "POST" else 200
    return show(request, "schools/set_up.html", {"form": form, "refusal": refusal}, status=status)


@opens_to(SIGNED_IN)
def own_school(request):
    """My own school, or my trust for those who belong to no one school."""
    person = request.user.person
    return redirect(path_of(person.school or person.trust))


@opens_to(SIGNED_IN)
def school(request, ref: str):
    """A school: who holds which office, and whom it rings and answers to."""
    found = find_subject(request, "schools", ref)
    if found is None:
        return errors.not_found(request)
    viewer = viewer_of(request)
    offices = Appointment.objects.current(viewer.at).filter(school=found).exclude(role=Role.STAFF)
    offices = sorted(offices.select_related("person"), key=lambda row: (_rank(row.role), row.person.name))
    held = {row.role for row in offices}
    context = {
        "school": found,
        "offices": offices,
        "waiting": Appointment.objects.proposed(viewer.at).filter(record=found.record).select_related("person"),
        "missing": [role for role in NEEDED if role not in held] if found.kind == School.SCHOOL else [],
        "arrangements": Arrangement.objects.on(clock.day_of(viewer.at)).filter(school=found).order_by("kind"),
        "buttons": buttons(viewer, found),
        "lists_people": any(grants(role, Permission.PEOPLE_LIST) for role in viewer.roles_for(found.record)),
    }
    return show(request, "schools/school.html", context)


def _rank(role: str) -> int:
    return list(Role).index(Role(role))


@opens_to(f"{list_pages.holders_of(Permission.PEOPLE_LIST)}; for others the list is empty")
def people(request):
    """The people of the schools I look after: their post, whether they sign in, and who has left."""
    return list_pages.page(request, PEOPLE)


@opens_to(list_pages.DOWNLOADERS)
def people_file(request):
    """The people as a file for a spreadsheet."""
    return list_pages.download(request, PEOPLE)


@opens_to(SIGNED_IN)
def trust(request, ref: str):
    """A trust: its schools, the policies it has adopted, and who reads what."""
    found = find_subject(request, "trusts", ref)
    if found is None:
        return errors.not_found(request)
    viewer = viewer_of(request)
    policies = list(AdoptedPolicy.objects.filter(trust=found, school=None))
    kinds = {Kind.CONCERN: "Concerns", **LANES}
    context = {
        "trust": found,
        "schools": found.schools.order_by("name"),
        "policies": policies,
        "overdue_since": policy.parse(policies[0].text).overdue_since(clock.day_of(viewer.at)) if policies else None,
        "reads": [(role, [words for kind, words in kinds.items() if kind in read]) for role, read in READS.items()],
        "buttons": buttons(viewer, found),
    }
    return show(request, "schools/trust.html", context)


@opens_to(ANYONE)
def planner(request):
    """Where "Leave this page now" leads: a week planner that says nothing of this place."""
    return render(request, "planner.html")


@opens_to(SIGNED_IN)
def api_docs(request):
    """The programming interface, described: what can be read, and every act with its questions."""
    read = _readings()
    kinds = [
        {
            "plural": plural,
            "words": plural.replace("-", " ").capitalize(),
            "reading": read.get(plural, []),
            "acts": [_asked_by(act) for act in acts.of_model(subject.model)],
        }
        for plural, subject in sorted(SUBJECTS.items())
    ]
    here = f"{request.scheme}://{request.get_host()}"
    context = {"here": here, "kinds": [one for one in kinds if one["acts"]], "refusals": errors.TITLES.items()}
    return show(request, "schools/api_docs.html", context)


@cache
def _readings() -> dict[str, list[dict]]:
    """What can be read of each kind, out of the description: the address, in words what it answers, an example."""
    found: dict[str, list[dict]] = {}
    for address, path in SchemaGenerator().get_schema(request=None, public=True)["paths"].items():
        if reading := path.get("get"):
            (content,) = reading["responses"]["200"]["content"].values()
            told = {"address": address, "summary": reading["summary"], "sentence": reading["description"]}
            found.setdefault(address.split("/")[3], []).append(told | {"example": _as_json(content["example"])})
    return found


def _asked_by(act) -> tuple:
    """An act, what it asks for, and an example of that as JSON."""
    schema = act.form.json_schema()
    return act, schema, _as_json(example_of(schema))


def _as_json(example) -> str:
    return json.dumps(example, indent=2, ensure_ascii=False)
