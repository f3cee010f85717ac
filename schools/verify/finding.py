"""What a verification can find, each kind with the sentence that names the exact place."""

from dataclasses import dataclass

from django.apps import apps

SENTENCES = {
    "line_changed": "Record {ref}: line {seq} of its history was changed{column}.",
    "line_missing": "Record {ref}: line {seq}{more} of its history is missing.",
    "line_unlinked": "Record {ref}: line {seq} of its history does not follow from the line before it.",
    "payload_changed": "Record {ref}: what line {seq} of its history holds was changed, or put there from elsewhere.",
    "head_differs": "Record {ref}: the end of its history, as noted{column}, is not its last line.",
    "key_gone": "Record {ref}: its key is gone, though it was never destroyed under the rules.",
    "key_changed": "Record {ref}: its key was changed and opens nothing.",
    "not_destroyed_by_rule": "Record {ref} is marked as destroyed, and the register does not say so.",
    "version_changed": "Record {ref}: version {seq_of} of {thing} was changed{column}: line {seq} says otherwise.",
    "version_gone": "Record {ref}: a version of {thing} that line {seq} names is gone.",
    "version_unclaimed": "Record {ref}: a version of {thing} was put there that no line of history names.",
    "version_unproven": "Record {ref}: a version of {thing} is unproved: a line of its history is gone or changed.",
    "version_claimed_twice": "Record {ref}: line {seq} names a version of {thing} that another line names too.",
    "row_changed": "Record {ref}: {thing} was changed without an act{column}.",
    "row_gone": "Record {ref}: {thing} was removed without an act.",
    "row_unclaimed": "Record {ref}: {thing} was put there without an act.",
    "file_gone": "Record {ref}: the stored file of {thing} is gone.",
    "file_changed": "Record {ref}: the stored file of {thing} is not the one that was received.",
    "password_changed": "Record {ref}: the password of {thing} was replaced without an act.",
    "made_without_office": "Record {ref}: line {seq} gave or changed {thing}, by somebody who held no office for it.",
    "checkpoint_changed": "Checkpoint {row} was changed{column}: its signature does not hold.",
    "checkpoint_differs": "Records no longer are what they were at checkpoint {row}{more}.",
    "checkpoint_gone": "Checkpoint {row} was made here and is gone.",
    "checkpoint_not_ours": "The checkpoint given was not signed by this installation, or was changed.",
    "record_gone": "Record {ref} is in the checkpoint and is gone.",
    "record_rewritten": "Record {ref}: line {seq} of its history is not the one in the checkpoint.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the records are not what the acts made them.

    kind: a key of SENTENCES. model: label of the table. row: its key. field: the column, "" when it cannot be told.
    record_ref: the record's reference, "" when none is known. seq: the line of history, None when there is none.
    """

    kind: str
    model: str
    row: str
    field: str = ""
    record_ref: str = ""
    seq: int | None = None
    more: str = ""

    @property
    def sentence(self) -> str:
        """What was found, in words that name the place and never the content."""
        return SENTENCES[self.kind].format(
            ref=self.record_ref or "without reference",
            seq=self.seq,
            row=self.row,
            more=self.more,
            seq_of=self.more,
            thing=self._thing(),
            column=f" (column {self.field})" if self.field else "",
        )

    def _thing(self) -> str:
        name = apps.get_model(self.model)._meta.verbose_name
        return f"{name} {self.row}" if self.row else str(name)

    def as_dict(self) -> dict:
        return {
            "kind": self.kind,
            "model": self.model,
            "row": self.row,
            "field": self.field,
            "record": self.record_ref,
            "seq": self.seq,
            "sentence": self.sentence,
        }
