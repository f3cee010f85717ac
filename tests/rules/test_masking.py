"""Where a hidden name is found in somebody's words and where it is left, worked by hand."""

import pytest

from schools.masking import Hidden, Masks

GRACE = Hidden(label="Pupil A", names=("Grace Nwosu", "Gracie Nwosu"), has_title=False)
WILL = Hidden(label="Pupil B", names=("Will Baptiste",), has_title=False)
SIOBHAN = Hidden(label="Pupil C", names=("Siobhán de la D’Arcy-Boateng",), has_title=False)
MAY = Hidden(label="Pupil D", names=("May Lunt",), has_title=False)
MOTHER = Hidden(label="Parent A", names=("Sharon Lunt",))
GARETH = Hidden(label="a member of staff", names=("Gareth Whitty",), posts=("DSL", "Designated Safeguarding Lead"))
ACCOUNT = Hidden(label="Account A", names=("@grace.nw_09", "https://example.org/u/grace.nw_09"), is_whole=True)
MARYAM = Hidden(label="Pupil E", names=("مريم يوسف",), has_title=False)


@pytest.fixture(scope="module")
def masks():
    return Masks(
        [GRACE, WILL, SIOBHAN, MAY, MOTHER, GARETH, ACCOUNT, MARYAM],
        shown=["Jean-Luc Baptiste", "Prem"],
        phrases=["Grace Adeyemi", "St Siobhan’s School"],
        words=["grace", "will", "may"],
    )


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Grace Nwosu", "Pupil A"),
        ("grace nwosu wrote", "[Pupil A] wrote"),
        ("Nwosu, Grace was late", "[Pupil A] was late"),
        ("GRACE NWOSU'S mum", "[Pupil A]'S mum"),
        ("Miss Nwosu’s phone", "[Pupil A]’s phone"),
        ("so nwosu said", "so [Pupil A] said"),
        ("Gracie said", "[Pupil A] said"),
        ("Grace_Nwosu-2.png", "[Pupil A]-2.png"),
        ("gracenwosu09", "[Pupil A]09"),
        ("Siobhan Darcy", "[Pupil C] Darcy"),
        ("Siobhan de la D'Arcy Boateng came", "[Pupil C] came"),
        ("seen on @grace.nw_09 and on grace.nw_09", "seen on [Account A] and on [Account A]"),
        ("https://example.org/u/grace.nw_09", "Account A"),
        ("قالت مريم يوسف ذلك", "قالت [Pupil E] ذلك"),
    ],
)
def test_a_hidden_name_is_masked_however_it_is_written(masks, words, shown):
    assert masks(words) == shown


@pytest.mark.parametrize(
    "words",
    [
        "a disgraceful act, with grace",  # a plain word without its capital
        "she will come and may stay",
        "On 11 May 2026 and in May 2027",  # a day and a month
        "Nwosuland and Whittyish",  # part of another word
        "Jean-Luc Baptiste, Teacher of French",
        "M. Baptiste and Mr Baptiste",  # no pupil is called so
        "Grace Adeyemi, chair of the panel",
        "St Siobhan's School",
        "Prem",
        "G. was there",  # an initial
    ],
)
def test_what_is_no_hidden_name_stays_as_it_is(masks, words):
    assert masks(words) == words


def test_a_name_that_two_people_share_is_given_to_neither(masks):
    # Baptiste stays named; May and Sharon Lunt are both hidden.
    assert masks("Baptiste went home") == "[name left out] went home"
    assert masks("the Lunt family") == "the [name left out] family"
    assert masks("Mrs Lunt rang") == "[Parent A] rang"  # of the two it is the grown-up who is called so
    assert masks("Will Baptiste rang, and Will laughed") == "[Pupil B] rang, and [Pupil B] laughed"


def test_a_post_that_would_tell_who_it_is_goes_with_the_name(masks):
    assert masks("Gareth Whitty, DSL") == "A member of staff"
    assert masks("On Monday Gareth Whitty, DSL, reported: a post") == "On Monday [a member of staff] reported: a post"
    assert masks("Has Gareth Whitty, Designated Safeguarding Lead, been told?") == "Has [a member of staff] been told?"
    assert masks("Gareth Whitty, DSL, Wednesday 11 March") == "[a member of staff], Wednesday 11 March"
    assert masks("Gareth Whitty (Designated Safeguarding Lead)") == "A member of staff"
    assert masks("Gave it to Gareth Whitty, as DSL") == "Gave it to [a member of staff]"
    assert masks("I'm Gareth, the DSL") == "I'm [a member of staff], the DSL"


TYPED = [
    Hidden(label="Pupil A", names=("jayden clark",), has_title=False),
    Hidden(label="Pupil B", names=("tyler",), has_title=False),
    Hidden(label="Pupil C", names=("amelia van der Berg",), has_title=False),
    Hidden(label="Pupil D", names=("a girl in year 9",), has_title=False),
    Hidden(label="Pupil E", names=("Thi Doe",), has_title=False),
    Hidden(label="Pupil F", names=("William Ash",), has_title=False),
    Hidden(label="Parent A", names=("Mr Lunt",)),
    Hidden(label="Account A", names=("tyler",), is_whole=True),
]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Jayden cried, and so did clark", "[Pupil A] cried, and so did [Pupil A]"),
        ("I saw Amelia", "I saw [Pupil C]"),
        ("the Berg family", "the [Pupil C] family"),
        # A name with an s, with or without its apostrophe.
        ("Jaydens mum and the Clarks", "[Pupil A]s mum and the [Pupil A]s"),
        ("JAYDEN CLARKS’ mum", "[Pupil A]S’ mum"),
        ("tylers phone", "[Pupil B]s phone"),
        ("the Does", "the Does"),
        ("Lunts", "[Parent A]s"),
        # What is no name stays, whoever typed it where a name goes.
        ("a girl in the van in year 9, der", "a girl in the van in year 9, der"),
        ("This does it: was this his?", "This does it: was this his?"),
        ("thi said so, and Doe too", "[Pupil E] said so, and [Pupil E] too"),
        ("Mr Jones and Mr Williams", "Mr Jones and Mr Williams"),
        ("Mr Lunt rang", "[Parent A] rang"),
    ],
)
def test_a_name_typed_in_small_letters_or_said_with_an_s_is_masked_and_small_words_are_not(words, shown):
    assert Masks(TYPED, shown=["Ann Williams"], phrases=[], words=[])(words) == shown


def test_somebody_whose_account_is_called_as_they_are_is_still_somebody():
    account = Hidden(label="Account A", names=("grace.nwosu",), is_whole=True)
    for hidden in ([GRACE, account], [account, GRACE]):
        masks = Masks(hidden, shown=[], phrases=[], words=[])
        assert masks("Grace Nwosu wrote as @grace.nwosu") == "[Pupil A] wrote as [Pupil A]"


def test_with_nobody_to_hide_no_word_is_changed():
    words = "Grace Nwosu, DSL, said: will you? [sic]"
    assert Masks([], shown=["Grace Nwosu"], phrases=[], words=["will"])(words) == words
