"""A short text about one child for the school's own child protection file, put together from facts alone."""

from casework.models import JoinedConcern, Note
from incidents.models import Decision, Takedown
from schools.calendar import day_of


def text_for(part, viewer) -> str:
    """What was reported, decided and done, in lines to carry over: no free text, which might name another child.

    part: the child's safety part, its words opened. viewer: only what this person reads goes in.
    """
    joined = JoinedConcern.objects.visible_to(viewer).filter(case=part.case).select_related("record__concern")
    concerns = [one.record.concern for one in joined.order_by("joined_at", "pk")]
    records = [concern.pk for concern in concerns]
    decisions = Decision.objects.filter(record__in=records).order_by("decided_at", "pk")
    takedowns = Takedown.objects.filter(record__in=records).select_related("link").order_by("requested_at", "pk")
    notes = Note.objects.filter(record=part.record).exclude(kind=Note.CHILDS_FILE).order_by("happened_at", "pk")
    lines = [
        f"About {part.opened.about_name or 'one child'}. From Daybook, {part.ref}, {part.school.name}.",
        *(f"Reported {_day(row.reported_at)}: {row.get_code_words()}." for row in concerns),
        *(
            f"Decided {_day(row.decided_at)}: {row.get_question_display()} {row.get_answer_display()}."
            for row in decisions
        ),
        *(
            f"Takedown asked for {_day(row.requested_at)}, {row.link.platform}: {row.get_status_display()}."
            for row in takedowns
        ),
        *(f"Done {_day(row.happened_at)}: {row.get_kind_display()}." for row in notes),
    ]
    return "\n".join(lines)


def _day(moment) -> str:
    on = day_of(moment)
    return f"{on.day} {on:%B %Y}"
