"""What is wrong with a value, as a field, a code and a sentence (contract §1.3, ``errors``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any, TypeAlias

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from simtui.sandbox import formats

Problem: TypeAlias = tuple[str, str, str]

_FORMATS = FormatChecker(formats=())
for _name, _is_valid in {
    "date-time": formats.is_date_time,
    "date": formats.is_date,
    "ipv4": formats.is_ipv4,
    "email": formats.is_email,
}.items():
    _FORMATS.checks(_name)(
        lambda value, is_valid=_is_valid: not isinstance(value, str) or is_valid(value)
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as ECMA 262 means it: ``\\d`` is 0-9 and ``$`` is the very end."""
    return re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", pattern), re.ASCII)


def _pattern(
    validator: Validator, pattern: str, value: Any, schema: Any
) -> Iterator[ValidationError]:
    if validator.is_type(value, "string") and not _compiled(pattern).search(value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


_StrictValidator: type[Validator] = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"pattern": _pattern}
)


def validator_of(schema: dict[str, Any]) -> Validator:
    """Compile a schema whose references are resolved."""
    return _StrictValidator(schema, format_checker=_FORMATS)


def problems(validator: Validator, value: Any, name: str = "") -> tuple[Problem, ...]:
    """Everything that is wrong with ``value``; ``name`` stands before the fields."""
    found = (_explain(error, name) for error in validator.iter_errors(value))
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def _explain(error: ValidationError, name: str) -> Iterator[Problem]:
    path = _path([name, *error.absolute_path] if name else error.absolute_path)
    given: Any = error.instance
    schema: Any = error.schema
    code = _CODES.get(str(error.validator), "INVALID")
    if error.validator == "additionalProperties":
        for field in sorted(given.keys() - schema.get("properties", {}).keys()):
            yield _join(path, field), "READ_ONLY_OR_UNKNOWN", f"{field} cannot be set here"
    elif error.validator == "required":
        for field in schema["required"]:
            if field not in given:
                yield _join(path, field), "REQUIRED", f"{field} is missing"
    else:
        yield path or "body", code, f"{path or 'The body'}: {_sentence(error)}"


_CODES = {
    "type": "TYPE",
    "enum": "NOT_ALLOWED",
    "pattern": "PATTERN",
    "format": "FORMAT",
    "minLength": "TOO_SHORT",
    "maxLength": "TOO_LONG",
    "minimum": "TOO_SMALL",
    "maximum": "TOO_LARGE",
    "minItems": "TOO_FEW",
    "maxItems": "TOO_MANY",
    "uniqueItems": "DUPLICATE",
    "minProperties": "EMPTY",
    "oneOf": "NOT_EXACTLY_ONE",
}
_SENTENCES = {
    "minProperties": "give at least one field",
    "oneOf": "give exactly one of the forms the contract knows",
    "uniqueItems": "the same value stands there twice",
    "enum": "must be one of {0}",
    "type": "must be of type {0}",
    "format": "is not a valid {0}",
    "pattern": "does not match {0}",
    "minLength": "must have at least {0} characters",
    "maxLength": "must have at most {0} characters",
    "minimum": "must be at least {0}",
    "maximum": "must be at most {0}",
    "minItems": "must have at least {0} elements",
    "maxItems": "must have at most {0} elements",
}


def _sentence(error: ValidationError) -> str:
    wanted = error.validator_value
    shown = ", ".join(map(str, wanted)) if isinstance(wanted, list) else wanted
    return _SENTENCES.get(str(error.validator), "is not valid").format(shown)


def _path(steps: Iterable[str | int]) -> str:
    path = ""
    for step in steps:
        path = f"{path}[{step}]" if isinstance(step, int) else _join(path, step)
    return path


def _join(path: str, field: str) -> str:
    return f"{path}.{field}" if path else field
