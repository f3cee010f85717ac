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
        "G. was there",  # an initial alone
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
    assert masks("I'm Gareth, the DSL") == "I'm [a member of staff]"


ROLES = [
    Hidden(label="Pupil A", names=("Tegan O’Rourke",), has_title=False),
    Hidden(label="Pupil B", names=("Ángel Pérez-Díaz",), has_title=False),
    Hidden(label="Pupil C", names=("Paul Eves",), has_title=False),
    Hidden(label="Pupil D", names=("Ian Moss",), has_title=False),
    Hidden(label="a member of staff", names=("Kay Larbi",), posts=("Deputy DSL", "HR lead"), has_office=True),
]


@pytest.fixture(scope="module")
def roles():
    return Masks(ROLES, shown=["Ivy Moss"], phrases=[], words=[], abbreviations=["PE", "HR"])


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("TO asked to see me", "[Pupil A] asked to see me"),
        ("I spoke to TO.", "I spoke to [Pupil A]."),
        ("T.O. asked to see me", "[Pupil A] asked to see me"),
        ("I spoke to T.O. She cried.", "I spoke to [Pupil A]. She cried."),
        ("TO’s phone and TOs mum", "[Pupil A]’s phone and [Pupil A]s mum"),
        ("T. O’Rourke or T O'Rourke or Tegan O. came", "[Pupil A] or [Pupil A] or [Pupil A] came"),
        ("signed K. Larbi", "signed [a member of staff]"),
        ("KL saw it", "[a member of staff] saw it"),
        ("Á. Pérez-Díaz as AP and as APD", "[Pupil B] as [Pupil B] and as [Pupil B]"),
        ("IM wrote it", "[name left out] wrote it"),  # Ian Moss, or Ivy Moss, who stays named
        # No initials: an abbreviation, words in capitals, small letters, part of a word, a word of one letter.
        ("in PE, P.E. or HR", "in PE, [Pupil C] or HR"),
        ("GO TO THE OFFICE NOW OR ELSE", "GO TO THE OFFICE NOW OR ELSE"),
        ("to go TOO far, KLM, of C-TO8W-8Q5N or K-44TO-KL22", "to go TOO far, KLM, of C-TO8W-8Q5N or K-44TO-KL22"),
        ("dm_TO_2.png", "dm_[Pupil A]_2.png"),
        ("then I Ian A said", "then I [Pupil D] A said"),
    ],
)
def test_initials_of_somebody_hidden_are_masked_beside_their_name_and_alone(roles, words, shown):
    assert roles(words) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("I'm reporting this as deputy DSL.", "I'm reporting this as [post left out]."),
        ("I am the Deputy DSL", "I am the [post left out]"),
        ("Kay, the deputy DSL, rang", "[a member of staff] rang"),
        ("Gave it to Kay Larbi, Deputy DSL, as HR lead", "Gave it to [a member of staff]"),
        ("Gave it to Ivy Moss, as HR lead", "Gave it to Ivy Moss, as [post left out]"),
        ("the deputy DSLs of the trust", "the deputy DSLs of the trust"),
    ],
)
def test_a_post_by_which_somebody_hidden_is_known_goes_too(roles, words, shown):
    assert roles(words) == shown


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


@pytest.mark.parametrize(
    "unseen", ["\u00ad", "\u200b", "\u2060", "\ufeff", "\u034f", "\u3164", "\u202e", "\ufe0f\u200d"]
)
def test_a_mark_that_nobody_sees_hides_no_name_from_the_masks(masks, unseen):
    assert masks(f"Then Grace Nwo{unseen}su cried") == "Then [Pupil A] cried"
    assert masks(f"{unseen}Gr{unseen}ace{unseen} Nwosu{unseen}") == "Pupil A"


def test_a_picture_sign_made_of_several_stays_whole(masks):
    assert masks("\u2764\ufe0f\u200d\U0001f525 Gracie Nwosu") == "\u2764\ufe0f\u200d\U0001f525 [Pupil A]"


def test_with_nobody_to_hide_no_word_is_changed():
    words = "Grace Nwosu, DSL, said: will you? [sic]"
    assert Masks([], shown=["Grace Nwosu"], phrases=[], words=["will"])(words) == words
