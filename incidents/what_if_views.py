"""The page of made-up concerns: asked by anyone, answered by the rule, kept nowhere."""

from datetime import datetime, time

from incidents import what_if
from schools import versions
from schools.calendar import LONDON
from schools.clock import day_of
from schools.web import SIGNED_IN, opens_to, show, viewer_of


@opens_to(SIGNED_IN)
def ask(request):
    """What would happen if: a made-up concern under any policy, answered as a real one would be."""
    viewer = viewer_of(request)
    form = what_if.WhatIf(
        request.POST if request.method == "POST" else None, viewer=viewer, initial=_beginning(request, viewer)
    )
    answer, refusal = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            answer = what_if.told(form.cleaned_data, viewer)
        except ValueError as wrong:
            refusal = str(wrong)
    status = 400 if refusal or (request.method == "POST" and not form.quiet and answer is None) else 200
    context = {
        "form": form,
        "asked_first": [form[name] for name in what_if.ASKED_FIRST],
        "asked_further": [question for question in form if question.name not in what_if.ASKED_FIRST],
        "answer": answer,
        "refusal": refusal,
    }
    return show(request, "incidents/what_if.html", context, status=status)


def _beginning(request, viewer) -> dict:
    """What the form begins with: the policy asked for or the one in force, this morning, and their own school."""
    row = versions.standing(request.user.person, viewer.at)
    asked = versions.find(viewer, request.GET.get("policy", ""))
    under = asked.key if asked else row.key if row else what_if.NONE
    return {
        "under": under,
        "reported_at": datetime.combine(day_of(viewer.at), time(9), LONDON),
        "school": _school(request),
    }


def _school(request) -> str:
    person = request.user.person
    return str(person.school_id) if person.school_id else ""
