"""The one error of the control path."""

from __future__ import annotations


class BadOrder(ValueError):
    """A fault, trouble or setting that does not exist; the text is a sentence."""
