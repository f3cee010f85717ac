"""Pages about a school, a trust and its policy."""

from django.shortcuts import redirect, render

from schools import acts, clock, errors, forms
from schools.acts import Refused
from schools.models import AdoptedPolicy, Appointment, Arrangement, Person, User
from schools.roles import Permission, grants
from schools.subjects import SUBJECTS
from schools.web import ANYONE, SIGNED_IN, buttons, find_subject, opens_to, show, viewer_of
from schools.workflow import first_run


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
def school(request, ref: str):
    """A school: who holds which office, and whom it rings and answers to."""
    found = find_subject(request, "schools", ref)
    if found is None:
        return errors.not_found(request)
    viewer = viewer_of(request)
    offices = Appointment.objects.current(viewer.at).filter(school=found).exclude(role="staff").select_related("person")
    manages = any(grants(role, Permission.PEOPLE_MANAGE) for role in viewer.roles_for(found.record))
    context = {
        "school": found,
        "offices": offices.order_by("role", "person__name"),
        "arrangements": Arrangement.objects.filter(school=found, until_on__isnull=True).order_by("kind"),
        "directory": Person.objects.staff_of(found.trust_id).filter(school=found).order_by("name") if manages else None,
        "accounts": User.objects.filter(record=found.record).select_related("person") if manages else None,
        "buttons": buttons(viewer, found),
    }
    return show(request, "schools/school.html", context)


@opens_to(SIGNED_IN)
def trust(request, ref: str):
    """A trust: its schools and the policies it has adopted."""
    found = find_subject(request, "trusts", ref)
    if found is None:
        return errors.not_found(request)
    context = {
        "trust": found,
        "schools": found.schools.order_by("name"),
        "policies": AdoptedPolicy.objects.filter(trust=found),
        "buttons": buttons(viewer_of(request), found),
    }
    return show(request, "schools/trust.html", context)


@opens_to(ANYONE)
def planner(request):
    """Where "Leave this page now" leads: a week planner that says nothing of this place."""
    return render(request, "planner.html")


@opens_to(SIGNED_IN)
def api_docs(request):
    """The programming interface, described: what can be read, and every act with its questions."""
    kinds = [(plural, subject, acts.of_model(subject.model)) for plural, subject in sorted(SUBJECTS.items())]
    questions = [
        (plural, [(act, act.form.json_schema()) for act in offered]) for plural, _, offered in kinds if offered
    ]
    return show(request, "schools/api_docs.html", {"kinds": questions})
