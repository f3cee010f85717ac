"""What this app does every minute without being asked: lets go of files that waited long enough."""

from reports import jobs

CHORES = [("finished copies erased", jobs.erase_old)]
