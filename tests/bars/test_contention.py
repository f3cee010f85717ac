"""Bar R12: several processes write at once while another verifies: nobody is refused and nothing is found."""

import subprocess

import pytest

from incidents.models import Concern
from schools import verify
from tests.bars import apart
from tests.bars.conftest import sized

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES, ACTS = sized(4, 8), sized(25, 125)


def test_processes_that_write_at_once_all_finish(cast):
    users = [cast.tom, cast.dee, cast.dot, cast.harriet, cast.sam, cast.pat, cast.ada, cast.grace][:PROCESSES]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    running = [
        apart.start("-m", "tests.bars.contender", user.email, cast.oakfield.slug, str(ACTS), **pipes) for user in users
    ]
    found = []
    while any(process.poll() is None for process in running):
        found += verify.findings()
    assert found == []
    said = [process.communicate() for process in running]
    assert [(process.returncode, problems) for process, (_, problems) in zip(running, said, strict=True)] == [
        (0, "")
    ] * PROCESSES
    taken_in = [ref for references, _ in said for ref in references.split()]
    assert len(taken_in) == PROCESSES * ACTS
    assert sorted(taken_in) == sorted(Concern.objects.values_list("ref", flat=True))
    assert list(verify.findings()) == []
