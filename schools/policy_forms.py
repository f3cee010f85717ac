"""The questions of the acts that adopt a policy and add to one: every mistake is named with its line."""

from schools import adopted, policy
from schools.clock import day_of
from schools.formfields import ActForm, Choice, Problem, Text

LONG = 400_000
HAND = "Paste the whole file, with its first lines. Nothing is adopted until you have seen what would change."


class _PolicyText(ActForm):
    def name_mistakes(self, problems) -> None:
        """Puts every mistake of the file beside it, each with its line."""
        for problem in problems:
            self.add_error("text", f"Line {problem.line}: {problem.sentence}")

    def problems(self) -> list[Problem]:
        """Everything to be mended; many mistakes of the file in one sentence, since each stands beside it."""
        found = super().problems()
        of_text = [problem for problem in found if problem.field == self.add_prefix("text")]
        if len(of_text) < 2:
            return found
        folded = of_text[0]._replace(sentence=f"The file has {len(of_text)} mistakes; each stands below with its line.")
        return [problem for problem in found if problem not in of_text] + [folded]

    def errors_as_sentences(self) -> list[str]:
        """Everything to be mended, every mistake of the file apart."""
        return [problem.sentence for problem in super().problems()]


class AdoptPolicy(_PolicyText):
    template = "schools/adopt_policy.html"

    shipped = Choice("A policy that comes with Daybook", required=False)
    text = Text("Or the file of your own policy", multiline=True, max_length=LONG, required=False, help=HAND)

    def choices_for(self):
        named = [(pack.id, f"{pack.title} of {pack.trust}, {pack.version}") for pack in policy.shipped().values()]
        return {"shipped": [*named, ("", "None of these: our own, pasted below")]}

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        text, shipped = cleaned.get("text"), cleaned.get("shipped")
        if text and shipped:
            self.add_error("text", "Choose a policy that comes with Daybook, or paste a file: not both.")
        elif text:
            self.name_mistakes(policy.problems(text))
        elif text is not None and not shipped:
            self.add_error("text", "Choose a policy, or paste the file of one.")
        return cleaned


class AddToPolicy(_PolicyText):
    template = "schools/add_to_policy.html"

    text = Text("Everything the school adds", multiline=True, max_length=LONG, help=HAND)

    def __init__(self, *args, subject=None, viewer=None, **options):
        if options.get("initial") is None and subject is not None and viewer is not None:
            options["initial"] = {"text": begun(subject, viewer.at)}
        super().__init__(*args, subject=subject, viewer=viewer, **options)

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        base = adopted.of_trust(self.subject.trust_id, self.now()) if self.subject else None
        if base and cleaned.get("text"):
            try:
                policy.extend(adopted.policy_of(base), cleaned["text"], school=self.subject.name)
            except policy.Invalid as wrong:
                self.name_mistakes(wrong.problems)
        return cleaned


def begun(school, at) -> str:
    """What a school adds now, to write on from; its first lines where it adds nothing yet."""
    standing = adopted.in_force(school, at)
    if standing is None or standing.adds_to_id:
        return standing.text if standing else ""
    lines = [f'adds_to = "{standing.pack_id}"', f'school = "{_quoted(school.name)}"', f'approved_on = "{day_of(at)}"']
    return "\n".join(lines) + "\n"


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
