"""Blast radius: what the silent Things share that the healthy ones do not.

``question`` says who is asked about, ``judge`` who is silent and who is healthy, ``look`` goes
through the fleet once, ``tally`` keeps what it saw by pivots, ``findings`` says what stands out
and with what certainty, ``wave`` when it began and ``changes`` what was changed before.
"""
