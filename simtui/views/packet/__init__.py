"""The way of one packet through all that is configured, as modelled by contract §5.

``probe`` is what a person asks, ``scene`` what it is asked of, ``walk`` the answer; the
``*_stage`` modules are the stages on the way. ``routing`` orders a route table.
"""
