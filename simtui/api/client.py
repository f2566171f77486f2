"""The API as an object: everything simtui asks of it and sends to it."""

from __future__ import annotations

from simtui.api.job_reading import JobReading
from simtui.api.reading import Reading
from simtui.api.writing import Writing


class Client(Reading, JobReading, Writing):
    """One account on one API, to be closed with ``close()`` when done.

    Parallel requests share one token, one quota and one cool-down.
    """
