"""The API as an object: everything simtui asks of it and sends to it."""

from __future__ import annotations

from simtui.api.billing_reading import BillingReading
from simtui.api.config_reading import ConfigReading
from simtui.api.configuring import Configuring
from simtui.api.job_reading import JobReading
from simtui.api.messaging import Messaging
from simtui.api.people_reading import PeopleReading
from simtui.api.reading import Reading
from simtui.api.writing import Writing


class Client(
    Reading,
    JobReading,
    BillingReading,
    ConfigReading,
    PeopleReading,
    Messaging,
    Writing,
    Configuring,
):
    """One account on one API, to be closed with ``close()`` when done.

    Parallel requests share one token, one quota and one cool-down.
    """
