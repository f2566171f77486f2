"""A terminal user interface for fleets of IoT SIM cards."""

__version__ = "0.5.0"
