"""Requests against the OpenAPI document: parameters converted, bodies validated.

What passes here is well-typed; the rules beyond the schema belong to the operations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from jsonschema.protocols import Validator

from simtui.sandbox.call import Refused
from simtui.sandbox.formats import parse_date_time
from simtui.sandbox.json_body import read_json
from simtui.sandbox.openapi import document, resolved
from simtui.sandbox.problems import Problem, problems, validator_of

_INTEGER = re.compile(r"-?\d{1,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in the query, the path or a header.

    ``many`` when it may be repeated, which means OR (contract §1.4). A header comes
    once or not at all; those in the path are always there.
    """

    name: str
    schema: Mapping[str, Any]
    validator: Validator
    many: bool
    required: bool

    def read(self, texts: list[str]) -> Any:
        """Convert what was sent.

        Raises:
            Refused: 400 ``VALIDATION_FAILED`` naming the parameter, ``UNKNOWN_FILTER``
                for a sort key the list does not have.
        """
        if not self.many and len(texts) > 1:
            raise _refused(((self.name, "REPEATED", f"{self.name} may be given only once"),))
        single = self.schema["items"] if self.many else self.schema
        values = [_convert(text, single) for text in texts]
        found = problems(self.validator, values if self.many else values[0], self.name)
        if found:
            raise _refused(found, "UNKNOWN_FILTER" if self.name == "sort" else None)
        finished = [_finish(value, single) for value in values]
        return finished if self.many else finished[0]


@dataclass(frozen=True, slots=True)
class RequestSchema:
    """How a request to one operation has to look."""

    path: Mapping[str, Parameter]
    query: Mapping[str, Parameter]
    header: Mapping[str, Parameter]
    body: Validator | None

    def read_path(self, given: Mapping[str, str]) -> dict[str, str]:
        """Check the path's parameters.

        Raises:
            Refused: 400 ``VALIDATION_FAILED``.
        """
        return {name: self.path[name].read([text]) for name, text in given.items()}

    def read_query(self, query: str) -> dict[str, Any]:
        """Convert the query string; absent parameters stay absent.

        Raises:
            Refused: 400 ``UNKNOWN_FILTER`` or ``VALIDATION_FAILED``.
        """
        texts: dict[str, list[str]] = {}
        for name, text in _pairs(query):
            texts.setdefault(name, []).append(text)
        unknown = sorted(texts.keys() - self.query.keys())
        if unknown:
            raise _unknown_filter(unknown, self.query)
        missing = tuple(
            (name, "REQUIRED", f"{name} is missing")
            for name, parameter in self.query.items()
            if parameter.required and name not in texts
        )
        if missing:
            raise _refused(missing)
        return {name: self.query[name].read(given) for name, given in texts.items()}

    def read_if_match(self, given: str | None) -> str | None:
        """Check the ``If-Match`` header, where the operation has one.

        Raises:
            Refused: 400 ``VALIDATION_FAILED``.
        """
        if given is None or "If-Match" not in self.header:
            return given
        text: str = self.header["If-Match"].read([given])
        return text

    def read_body(self, content: bytes, content_type: str | None) -> Any:
        """Parse and validate the body; None where the operation takes none.

        Raises:
            Refused: 400 ``MALFORMED_JSON`` or ``VALIDATION_FAILED``.
        """
        if self.body is None:
            if content:
                raise Refused(400, "MALFORMED_JSON", "This operation takes no body")
            return None
        if not content:
            raise Refused(400, "MALFORMED_JSON", "This operation needs a JSON body")
        value = read_json(content, content_type)
        found = problems(self.body, value)
        if found:
            raise _refused(found)
        return value


@cache
def request_schema(method: str, path: str) -> RequestSchema:
    """The compiled schema of one operation of the document."""
    operation = resolved(document()["paths"][path][method.lower()])
    parameters = operation.get("parameters", [])
    body = operation.get("requestBody")
    return RequestSchema(
        path=_parameters(parameters, "path"),
        query=_parameters(parameters, "query"),
        header=_parameters(parameters, "header"),
        body=validator_of(body["content"]["application/json"]["schema"]) if body else None,
    )


def _parameters(declared: Iterable[Mapping[str, Any]], place: str) -> dict[str, Parameter]:
    return {
        one["name"]: Parameter(
            one["name"],
            one["schema"],
            validator_of(one["schema"]),
            many=one["schema"]["type"] == "array",
            required=one.get("required", False),
        )
        for one in declared
        if one["in"] == place
    }


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError):
        raise _refused((("query", "ENCODING", "The query string is not UTF-8"),)) from None
    if any("\0" in text for pair in pairs for text in pair):
        raise _refused((("query", "ENCODING", "The query string holds a NUL"),))
    return pairs


def _convert(text: str, schema: Mapping[str, Any]) -> Any:
    """The JSON value a text stands for; the text itself when it stands for none."""
    if schema["type"] == "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if schema["type"] == "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def _finish(value: Any, schema: Mapping[str, Any]) -> Any:
    return parse_date_time(value) if schema.get("format") == "date-time" else value


def _refused(found: tuple[Problem, ...], name: str | None = None) -> Refused:
    return Refused(400, name or "VALIDATION_FAILED", found[0][2], problems=found)


def _unknown_filter(unknown: list[str], known: Iterable[str]) -> Refused:
    message = f"{unknown[0]} is no parameter here; known are: {', '.join(known) or 'none'}"
    found = tuple((name, "UNKNOWN", f"{name} is not known here") for name in unknown)
    return Refused(400, "UNKNOWN_FILTER", message, problems=found)
