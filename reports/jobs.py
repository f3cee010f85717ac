"""Making a copy that was asked for, outside any request: laid out, sealed, entered in the history, erased in time."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django_tasks import task

from reports import building, originals, pdf, pictures, proof, releasing
from reports.building import words
from reports.casefile import AttachedFile
from reports.models import Paper
from schools import clock, files, ledger, sealing
from schools.models import Entry

MADE_TO_FAIL = "Something went wrong while it was made, and whoever runs Daybook has been told where."
NOT_WHO = "Who wrote an entry, when and what it was is not in it: that would tell whose name is left out."
ENTRIES = AttachedFile(name=proof.HISTORY, what="The entries of the history up to this copy, without their contents")
FINGERPRINTS = replace(ENTRIES, what=f"The fingerprint of each entry of the history up to this copy. {NOT_WHO}")
CONTENTS = AttachedFile(name=proof.MANIFEST, what="What this copy contains, with fingerprints, signed")
RELATED = ("case__school__trust", "part", "checkpoint", "record")


@task()
def print_paper(paper_id: str) -> None:
    """Make a copy that was asked for; one that is made already is left alone.

    paper_id: its identifier, and nothing of what it says.
    """
    paper = Paper.objects.filter(pk=paper_id, status=Paper.ASKED).select_related(*RELATED).first()
    if paper is None:
        return
    try:
        content = made(paper)
    except building.Unreadable as why:
        if paper.record.destroyed_at is None:
            fail(paper, str(why), at=clock.now())
    except pdf.CannotPrintError as why:
        fail(paper, str(why), at=clock.now())
    except Exception:
        fail(paper, MADE_TO_FAIL, at=clock.now())
        raise
    else:
        keep(paper, content, at=clock.now())


def made(paper: Paper) -> bytes:
    """The PDF of a copy, the same bytes whenever it is made from the same lines of history.

    Raises CannotPrintError or Unreadable with a sentence.
    """
    file, bundle = pictures.drawn(building.case_file(paper))
    if paper.carries_originals:
        file, inside = originals.taken(file)
    else:
        file, inside = originals.drawn_again(file, bundle) if paper.carries_pictures else (file, {})
    named = [AttachedFile(name=item.attached_as, what=_carried(item)) for item in file.evidence if item.attached_as]
    is_masked = paper.masks_names or releasing.keeps_names_back(paper)
    listed = (FINGERPRINTS if is_masked else ENTRIES, CONTENTS)
    printed = pdf.render_in_child(
        template="paper/case_file.html",
        context={"file": replace(file, attached=(*listed, *named))},
        bundle=bundle,
        metadata=_metadata(paper, file),
    )
    history = proof.history(building.history(paper), is_masked=is_masked)
    contents = proof.manifest(
        paper=paper.ref,
        covers=paper.covers,
        mark=file.mark,
        checkpoint=paper.checkpoint,
        files={proof.HISTORY: history} | inside,
        pages=proof.pages(printed),
    )
    proofs = {proof.HISTORY: history, proof.MANIFEST: contents}
    carried = [_attachment(paper, one, proofs[one.name], "Data") for one in listed]
    carried += [_attachment(paper, one, inside[one.name], "Source") for one in named]
    return pdf.with_files(printed, carried)


def _carried(item) -> str:
    if item.is_drawn_again:
        return f"Evidence {item.number} drawn again without hidden data; as received its fingerprint is {item.sha256}"
    return f"Evidence {item.number} as it was received, fingerprint {item.sha256}"


def _metadata(paper: Paper, file) -> pdf.Metadata:
    return pdf.Metadata(
        title=f"Case file {file.reference}",
        author=file.school,
        description=_described(paper, file),
        identifier=paper.ref,
        made_at=paper.asked_at,
    )


def _described(paper: Paper, file) -> str:
    if file.printed_for.is_theirs:
        return f"Copy {paper.ref} for the person it is about"
    return f"Copy {paper.ref} for a named reader, to be destroyed by {words.on(paper.destroy_by_on)}"


def _attachment(paper: Paper, one: AttachedFile, content: bytes, relationship) -> pdf.Attachment:
    return pdf.Attachment(
        name=one.name, content=content, description=one.what, made_at=paper.asked_at, relationship=relationship
    )


def keep(paper: Paper, content: bytes, *, at: datetime) -> None:
    """Seal the file under the key of its record and enter its fingerprint."""
    name, sealed_sha256 = files.seal_item(paper.pk, content, record=paper.record)
    with transaction.atomic():
        waiting = _still(paper, Paper.ASKED)
        if waiting is None:
            files.store().delete(name)
            return
        waiting.status, waiting.ready_at = Paper.READY, at
        waiting.stored_as, waiting.stored_sha256 = name, sealed_sha256
        waiting.sha256, waiting.size = proof.fingerprint(content), len(content)
        line_in_each("paper.ready", waiting, waiting, by=None, at=at, sha256=waiting.sha256)
        if waiting.waits_for_release:
            releasing.tell_who_may(waiting, at=at)


def fail(paper: Paper, why: str, *, at: datetime) -> None:
    with transaction.atomic():
        waiting = _still(paper, Paper.ASKED)
        if waiting is not None:
            waiting.status = Paper.FAILED
            sealing.seal(waiting.record, waiting, trouble=why)
            line_in_each("paper.failed", waiting, waiting, by=None, at=at)


def erase_old(at: datetime) -> int:
    """Erase the files that waited long enough to be fetched, or hold what was destroyed; how many there were.

    at: the moment of the chore.
    """
    # With its own record destroyed the file is gone already, and there is no history left to write in.
    ready = Paper.objects.filter(status=Paper.READY, record__destroyed_at__isnull=True)
    old = [paper for paper in ready if paper.fetch_by_at <= at or _holds_what_is_destroyed(paper)]
    for paper in old:
        # The file first: what a crash leaves is still ready here, and the next minute does the rest.
        files.erase_item(paper.pk, paper.stored_as)
        with transaction.atomic():
            gone = _still(paper, Paper.READY)
            if gone is not None:
                gone.status, gone.erased_at, gone.stored_as, gone.stored_sha256 = Paper.ERASED, at, "", ""
                line_in_each("paper.erased", gone, gone, by=None, at=at)
                releasing.no_longer_waits(gone, at=at)
    return len(old)


def _holds_what_is_destroyed(paper: Paper) -> bool:
    return paper.printed.filter(record__destroyed_at__isnull=False).exists()


def line_in_each(verb: str, paper: Paper, *rows, by, at, **facts) -> Entry:
    """Leave a line about a copy in every record that is printed in it; the one of the record it hangs on is returned.

    rows: what the line in that record saves.
    """
    entry = ledger.record(verb, paper.record, *rows, by=by, at=at, paper=paper.ref, **facts)
    others = paper.printed.exclude(record=paper.record).filter(record__destroyed_at__isnull=True)
    for one in others.select_related("record").order_by("record_id"):
        ledger.record(verb, one.record, by=by, at=at, paper=paper.ref, **facts)
    return entry


def _still(paper: Paper, status: str) -> Paper | None:
    """The copy as it is now, locked with its record, if it stands where we left it."""
    ledger.hold(lambda: {paper.record_id, *paper.printed.values_list("record_id", flat=True)})
    return Paper.objects.filter(pk=paper.pk, status=status).select_related("record").first()
