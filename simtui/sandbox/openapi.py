"""The OpenAPI document of the contract: the one description that requests are checked by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

BASE_PATH = "/iot/jpu/iotprogrammablesim"
"""Where the API lives on its host (contract §1)."""
TOKEN_PATH = "/oauth/client_credential/accesstoken"
"""Where tokens are issued (contract §1.1)."""


@cache
def document() -> dict[str, Any]:
    """The document as it stands in the package."""
    text = files("simtui.sandbox").joinpath("openapi.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def document_at(host_url: str) -> dict[str, Any]:
    """The document as this host serves it: with its own addresses (``http://host:port``)."""
    own = json.loads(json.dumps(document()))
    own["servers"] = [{"url": host_url + BASE_PATH}]
    flow = own["components"]["securitySchemes"]["oauth"]["flows"]["clientCredentials"]
    flow["tokenUrl"] = host_url + TOKEN_PATH
    loaded: dict[str, Any] = own
    return loaded


def resolved(node: Any) -> Any:
    """A part of the document with every ``$ref`` replaced by what it points at."""
    if isinstance(node, Mapping):
        if "$ref" in node:
            return resolved(_at(node["$ref"]))
        return {key: resolved(value) for key, value in node.items()}
    if isinstance(node, list):
        return [resolved(value) for value in node]
    return node


def _at(reference: str) -> Any:
    node: Any = document()
    for step in reference.removeprefix("#/").split("/"):
        node = node[step]
    return node
