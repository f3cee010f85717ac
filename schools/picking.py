"""A choice among rows: the page shows names, the API takes identifiers, the act gets the row."""

from schools.questions import Choice


class Pick(Choice):
    """One row chosen from those offered; nothing that was not offered can be named."""

    def offer(self, choices) -> None:
        """choices: pairs of row and label, or of a blank value and label."""
        pairs = list(choices)
        self.rows = {str(row.pk): row for row, _ in pairs if hasattr(row, "pk")}
        super().offer((row.pk if hasattr(row, "pk") else row, label) for row, label in pairs)

    def json_kind(self):
        return super().json_kind() | {"format": "uuid"}

    def clean(self, value):
        return self.rows.get(str(super().clean(value) or ""))
