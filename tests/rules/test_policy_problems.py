"""Every mistake that a pack can hold is answered by one plain sentence and the line it stands in."""

from pathlib import Path

import pytest

from schools import policy
from tests.rules.packs.contradictions import CONTRADICTIONS
from tests.rules.packs.mistakes import SHAPE, TIMES, WORDS

SMALL = (Path(__file__).parent / "packs" / "small.toml").read_text("utf-8")
MISTAKES = SHAPE | WORDS | TIMES | CONTRADICTIONS
SIGN = "#!"


def written(edits):
    text = SMALL
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} does not stand once in the small pack"
        text = text.replace(old, new)
    return text


def line_of_sign(text):
    return next(number for number, line in enumerate(text.splitlines(), 1) if SIGN in line)


def test_small_pack_holds_no_mistake():
    assert policy.problems(SMALL) == []
    assert policy.parse(SMALL).id == "small-1"


@pytest.mark.parametrize(("sentence", "edits"), [(row[0], row[1:]) for row in MISTAKES.values()], ids=MISTAKES)
def test_mistake_is_one_sentence_with_its_line(sentence, edits):
    text = written(edits)
    assert policy.problems(text) == [policy.Problem(line_of_sign(text), sentence)]


NOT_TOML = {
    "no closing quotes": ('title = "Open', "This line cannot be read: a text has no closing quotes."),
    "no quotes": (
        "title = Open",
        "This line cannot be read: there is no proper value after the equals sign; text needs quotes.",
    ),
    "no equals sign": ('title "Open"', "This line cannot be read: a key has no equals sign after it."),
    "no closing bracket": ("codes = [1, 2", "This line cannot be read: a list has no closing bracket."),
    "heading not closed": ("[terms", "This line cannot be read: a heading has no closing bracket."),
    "something left over": (
        'title = "Open" quickly',
        "This line cannot be read: there is something left over after the value.",
    ),
    "no such day": ("on = 2024-02-30", "This line cannot be read: there is no such date."),
    "lone backslash": (
        r'title = "C:\policy"',
        "This line cannot be read: a backslash in a text must be written twice.",
    ),
    "null character": (
        'title = "a\0b"',
        "This line cannot be read: there is a character in it that a text may not hold.",
    ),
    "key twice": ('first = "Closed"', "This line cannot be read: the same key or heading stands twice."),
    "heading twice": ("[early]\n[early]", "This line cannot be read: the same heading stands twice."),
}


@pytest.mark.parametrize(("wrong", "sentence"), NOT_TOML.values(), ids=NOT_TOML)
def test_text_that_is_not_toml(wrong, sentence):
    text = f'first = "Open"\n\n{wrong}'
    assert policy.problems(text) == [policy.Problem(len(text.splitlines()), sentence)]


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines():
    text = written(
        [
            ('version = "1"', "version = 1"),  # line 4
            ('strength = "damaged"', 'strength = "gone"'),  # line 63
            ('id = "SML-X1"', 'id = "SML-B1"'),  # line 84
        ]
    )
    problems = policy.problems(text)
    lines = text.splitlines()
    assert [lines[problem.line - 1] for problem in problems] == [
        "version = 1",
        "incomplete = true",
        'strength = "gone"',
        'id = "SML-B1"',
    ]


def test_parse_raises_with_the_problems():
    with pytest.raises(policy.Invalid) as refused:
        policy.parse(SMALL.replace('version = "1"', "version = 1"))
    assert refused.value.problems == [
        policy.Problem(4, "At the top of the file, “version” must be text in quotes."),
    ]
    assert str(refused.value) == "line 4: At the top of the file, “version” must be text in quotes."


def test_an_empty_text_lacks_everything():
    sentences = [problem.sentence for problem in policy.problems("")]
    assert "At the top of the file, “trust” is missing." in sentences
    assert {problem.line for problem in policy.problems("")} == {1}


def test_hostile_texts_are_refused_in_a_sentence():
    beyond = "The file cannot be read, because it holds a number or a nesting beyond all measure."
    assert policy.problems("a = " + "[" * 5000) == [policy.Problem(1, beyond)]
    assert policy.problems("a = " + "9" * 5000) == [policy.Problem(1, beyond)]
    assert policy.problems("#" * 500_001) == [
        policy.Problem(1, "The file is longer than 500,000 characters; a policy is not.")
    ]


@pytest.mark.sweep
@pytest.mark.parametrize("value", ["[[]]", "[{}]", "{}", "[1]", "nan", "-1"])
def test_a_value_of_any_wrong_shape_is_told_in_its_line(value):
    lines = SMALL.splitlines()
    for number, line in enumerate(lines, 1):
        if " = " in line:
            wrong = [*lines[: number - 1], f"{line.split(' = ')[0]} = {value}", *lines[number:]]
            assert number in {problem.line for problem in policy.problems("\n".join(wrong))}, line


def test_a_file_in_another_encoding_names_its_line(tmp_path):
    path = tmp_path / "old.toml"
    path.write_bytes('id = "x"\ntrust = "£ Trust"\n'.encode("cp1252"))
    with pytest.raises(policy.Invalid) as refused:
        policy.load(path)
    assert refused.value.problems == [
        policy.Problem(2, "This line is not in UTF-8; save the file as UTF-8."),
    ]


def test_the_sign_that_some_editors_put_first_is_passed_over():
    assert policy.problems("\ufeff" + SMALL) == []
    assert policy.parse("\ufeff" + SMALL) == policy.parse(SMALL)


def test_lines_hold_in_inline_tables():
    edits = [
        ("[terms]\nlearner", 'roles = { dsl = "Lead", dls = "Lead" } #!\n[terms]\nlearner'),
        ('[roles]\ndsl = "Safeguarding Lead"\n', ""),
    ]
    text = written(edits)
    sentence = "In dls under [roles], “dls” is not a known role; perhaps “dsl” is meant."
    assert policy.problems(text) == [policy.Problem(line_of_sign(text), sentence)]


def test_lines_hold_in_dotted_keys_and_with_windows_line_ends():
    edits = [
        ("[terms]\nlearner", 'roles.dsl = "Lead"\nroles."dls" = "Lead" #!\n[terms]\nlearner'),
        ('[roles]\ndsl = "Safeguarding Lead"\n', ""),
    ]
    text = written(edits)
    sentence = "In dls under [roles], “dls” is not a known role; perhaps “dsl” is meant."
    assert policy.problems(text) == [policy.Problem(line_of_sign(text), sentence)]
    assert policy.problems(text.replace("\n", "\r\n")) == policy.problems(text)
