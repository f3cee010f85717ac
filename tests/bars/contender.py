"""One of several processes that report concerns at the same time: prints the reference of each that was taken in."""

import sys

import django


def main(email: str, slug: str, times: int) -> None:
    django.setup()
    from incidents.workflow import reporting
    from schools import clock
    from schools.models import School, User

    by, school = User.objects.get(email=email), School.objects.get(slug=slug)
    for number in range(times):
        told = {"what": "staff_bullying", "narrative": f"Number {number} of {email}.", "at_risk": "no"}
        print(reporting.report(school, by=by, at=clock.now(), **told).ref, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
