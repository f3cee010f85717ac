"""The pages of policies: read by anyone of the trust, linkable by paragraph, and never another trust's own."""

import json

import pytest

from schools import policy, versions
from schools.models import AdoptedPolicy
from schools.workflow.policies import add_to_policy, adopt_policy
from tests import states
from tests.access.browsing import browser
from tests.conftest import ALL_SAINTS, NOW
from tests.pages import in_order, never_said, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
MODEL = versions.of_pack("model").key
OURS = versions.of_pack("allsaints-2022").key
BEFORE = NOW - states.DAY
# “Subject access request” is what the law calls it, and a use may be “subject to” a rule.
MEANT = ("subject access", "subject to")


def page(user, path, status=200):
    answer = browser(user).get(path)
    assert answer.status_code == status, path
    return words(answer)


def without(text: str, *phrases: str) -> str:
    for phrase in phrases:
        text = text.replace(phrase, "")
    return text


def test_anyone_on_the_staff_reads_the_policy_in_force(cast):
    for user in (cast.tom, cast.dee, cast.ada, cast.sam):
        in_order(page(user, "/policy/"), "Use of Social Media Policy", "In force", "Adopted Sun 19 Oct 2025, 08:00")
    assert browser().get("/policy/").status_code == 302


def test_the_page_says_what_a_reader_asks_in_the_policys_own_titles(cast):
    said = page(cast.tom, "/policy/")
    # Approved in 2022, to be reviewed in 2023: overdue on 23 November 2026.
    in_order(said, "Review overdue since 2023", "Version 2022", "Approved by Trust Board", "Review due 2023")
    # 5.e names no time, so the time is ours; 9.d says a word without a length.
    in_order(said, "DSL or Deputy DSL 5.e", "By the end of the same day. our suggestion")
    in_order(said, "Head of School 9.d", "The policy says “immediately” and gives no length of time.", "our suggestion")
    in_order(
        said, "Taking posts down", "no express power", "Telling governors", "Within 5 working days (our suggestion)"
    )
    in_order(said, "Who decides on discipline", "The Trust Leadership Team may discipline", "9.b")
    in_order(said, "Can be charged", "5.d", "Advice", "cannot be charged", "5.b", "6.j")
    in_order(said, "It says nothing about:", "whether staff can be told to remove a post", "Faults of the text:")
    in_order(said, "Titles and words", "A child who learns here student")
    in_order(said, "What the law adds", "Contact the local authority designated officer (LADO) 1 working day")
    in_order(said, "Who reads what", "administrators manage accounts and read nothing", "HR advisor Staff conduct")
    assert never_said(without(said, *MEANT)) == []


def test_every_paragraph_can_be_linked_to(cast):
    page_of = browser(cast.tom).get("/policy/").content.decode()
    for anchor in ("5.e", "6.j.i", "8.h.ix", "9.d", "8.a-to-8.e"):
        assert page_of.count(f'id="{anchor}"') == 1
        assert f'href="#{anchor}"' in page_of


@pytest.mark.parametrize("pack_id", sorted(policy.shipped()))
def test_every_policy_that_comes_with_daybook_reads_without_a_word_of_ours(cast, pack_id):
    said = page(cast.tom, f"/policies/{versions.of_pack(pack_id).key}/")
    assert policy.shipped()[pack_id].trust in said
    assert never_said(without(said, *MEANT)) == []


def test_a_policy_that_is_not_complete_says_so_and_charges_nothing_that_cannot_be_read(cast):
    said = page(cast.tom, f"/policies/{versions.of_pack('lwlat-1.4').key}/")
    in_order(said, "The copy held is not complete.", "Cannot be read The words of this paragraph cannot be read", "7.1")
    in_order(said, "cannot be read in the copy held:", "when the police are told")


def test_a_trust_without_a_policy_is_shown_ours_as_a_suggestion(cast):
    said = page(cast.zoe, "/policy/")
    in_order(said, "Our suggestion", "Your trust has adopted no policy.", "nothing can be charged under it")
    # 7.1 of the model policy states its time; since nobody adopted it, that is a suggestion too.
    in_order(said, "Head and Designated Safeguarding Lead 7.1", "By the end of the same day. our suggestion")
    assert "your policy" not in said
    in_order(page(cast.zoe, "/policies/"), "None yet.", "Coming with Daybook", "Sovereign Trust")


def test_another_trusts_policies_do_not_exist(cast):
    own = ALL_SAINTS.read_text().replace('version = "2022"', 'version = "2022, as kept at Oak"')
    row = adopt_policy(cast.trust, by=cast.ada, at=BEFORE, text=own)
    page(cast.tom, f"/policies/{row.key}/")
    for path in (f"/policies/{row.key}/", f"/policies/{row.key}/file/", f"/policies/{MODEL}/compare/{row.key}/"):
        assert browser(cast.zoe).get(path).content == browser(cast.zoe).get("/policies/none-00000000/").content
        page(cast.zoe, path, status=404)
    assert "as kept at Oak" not in page(cast.zoe, "/policies/")


def test_an_earlier_version_stays_to_be_read_with_the_day_it_was_adopted(cast):
    adopt_policy(cast.trust, by=cast.ada, at=BEFORE, text=policy.text_of("model"))
    in_order(page(cast.tom, "/policy/"), "Social media policy", "In force", "Adopted Sun 22 Nov 2026, 08:00")
    in_order(page(cast.tom, f"/policies/{OURS}/"), "Not in force", "adopted Sun 19 Oct 2025", "keeps it")
    in_order(page(cast.tom, "/policies/"), "Social media policy, 1", "In force", "Use of Social Media Policy, 2022")


def test_a_schools_own_paragraphs_are_read_at_that_school_alone(cast):
    add_to_policy(cast.oakfield, by=cast.harriet, at=BEFORE, text=states.ADDITIONS)
    here, elsewhere = page(cast.tom, "/policy/"), page(cast.olu, "/policy/")
    in_order(here, "2022, with the additions of Oakfield School", "Staff must not use the school's phones")
    assert "phones for social media" not in elsewhere
    (row,) = AdoptedPolicy.objects.filter(school=cast.oakfield)
    in_order(page(cast.olu, f"/policies/{row.key}/"), "Of Oakfield School", "phones for social media")


def test_the_file_is_the_text_that_was_adopted(cast):
    answer = browser(cast.tom).get(f"/policies/{OURS}/file/")
    assert answer.content.decode() == ALL_SAINTS.read_text()
    assert answer["content-disposition"] == f'attachment; filename="{OURS}.toml"'


def test_two_policies_are_compared_clause_by_clause_and_either_way_round(cast):
    later = policy.text_of("model").replace('when = "P5WD"', 'when = "P3WD"').replace('version = "1"', 'version = "2"')
    row = adopt_policy(cast.trust, by=cast.ada, at=BEFORE, text=later)
    said = page(cast.tom, f"/policies/{MODEL}/compare/{row.key}/")
    in_order(said, "0 new, 2 changed and 0 gone", "Version before 1 now 2", "8.3 Changed")
    in_order(said, "The time in the policy before 5 working days now 3 working days")
    turned = page(cast.tom, f"/policies/{row.key}/compare/{MODEL}/")
    in_order(turned, "The time in the policy before 3 working days now 5 working days")
    in_order(page(cast.tom, f"/policies/{MODEL}/compare/{MODEL}/"), "0 new, 0 changed and 0 gone", "Nothing differs.")


@pytest.mark.parametrize("key", ["", "model", "model-", "model-zzzzzzzz", "-aaaaaaaa", "model-é", "x" * 300])
def test_an_address_that_names_no_version_is_not_found(cast, key):
    assert browser(cast.tom).get(f"/policies/{key}/compare/{MODEL}/").status_code == 404


def test_editors_fetch_the_shape_of_a_policy_file_without_signing_in(db):
    answer = browser().get("/api/v1/policy-schema/")
    assert answer["content-type"] == "application/schema+json"
    schema = json.loads(answer.content)
    assert {"id", "trust", "clauses", "terms", "removal"} <= set(schema["required"])
    assert schema["additionalProperties"] is False


def test_whoever_may_is_offered_to_adopt_and_to_add(cast):
    assert "Adopt a policy" in page(cast.ada, "/policy/")
    assert "Add to the policy" in page(cast.harriet, "/policy/")
    for user in (cast.tom, cast.dee):
        assert "Add to the policy" not in page(user, "/policy/")


def test_somebody_of_the_central_team_reads_the_trusts_policy(cast):
    in_order(page(cast.priya, "/policy/"), "Use of Social Media Policy", "In force")
