"""What a refusal says, whatever it is written in (contract §1.3).

The API has an envelope of its own, the gateway before it a "fault", the token endpoint
OAuth's two fields; proxies and load balancers send web pages, plain text or nothing.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, quote_plus

from simtui.api import dialect
from simtui.errors import FieldProblem

MOST_WORDS: Final = 400
"""Characters of a server's words that are worth a person's time."""
_LOOKED_AT: Final = 20_000
_MASK: Final = "•••"
_SHORTEST_SECRET: Final = 4

_CONTROL: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_PAGE: Final = re.compile(r"<(?:!doctype|html|head|body|title|h1)\b", re.IGNORECASE)
_HEADINGS: Final = tuple(
    re.compile(rf"<{tag}\b[^<>]*>([^<]*)", re.IGNORECASE) for tag in ("title", "h1")
)
_TAG: Final = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Complaint:
    """The words of an answer, without control characters and of bearable length."""

    words: str = ""
    name: str = ""
    transaction_id: str = ""
    problems: tuple[FieldProblem, ...] = ()
    is_page: bool = False


def read_complaint(body: bytes, secrets: Iterable[str] = ()) -> Complaint:
    """Read the body of an answer that is not what was asked for; never raises.

    It is taken to be UTF-8 (contract §1) whatever its headers say. Whatever of
    ``secrets`` the server repeats is masked.
    """
    text = masked(body.decode(errors="replace"), secrets).strip()
    if _PAGE.match(text[:_LOOKED_AT].lstrip("\ufeff")):
        return Complaint(words=_heading(text[:_LOOKED_AT]), is_page=True)
    content = _json_of(text)
    if isinstance(content, Mapping):
        return _read_object(content)
    return Complaint(words=plain(_TAG.sub(" ", text[:_LOOKED_AT])))


def plain(value: object) -> str:
    """A value of an answer as one line of text of bearable length."""
    if value is None:
        return ""
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False)
    line = _CONTROL.sub(" ", str(value)[:_LOOKED_AT]).strip()
    return line if len(line) <= MOST_WORDS else line[: MOST_WORDS - 1].rstrip() + "…"


def masked(text: str, secrets: Iterable[str]) -> str:
    """The text without the secrets, in whatever way a URL may spell them."""
    for secret in secrets:
        if len(secret) >= _SHORTEST_SECRET:
            for form in {secret, quote(secret, safe=""), quote_plus(secret)}:
                text = text.replace(form, _MASK)
    return text


def _json_of(text: str) -> Any:
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None


def _heading(page: str) -> str:
    for pattern in _HEADINGS:
        found = pattern.search(page)
        if found and (words := plain(html.unescape(found[1]))):
            return words
    return ""


def _read_object(content: Mapping[str, Any]) -> Complaint:
    fault = content.get("fault")
    if isinstance(fault, Mapping):
        return _read_gateway_fault(fault)
    if "error" in content or "ErrorCode" in content:
        return _read_oauth_error(content)
    words = [plain(content.get(key)) for key in dialect.ERROR_WORDS]
    if not any(words):
        words = [plain(dict(content))] if content else []
    return Complaint(
        words=" – ".join(word for word in words if word),
        name=plain(content.get(dialect.ERROR_NAME)),
        transaction_id=plain(content.get(dialect.ERROR_TRANSACTION)),
        problems=_read_problems(content.get(dialect.ERROR_PROBLEMS)),
    )


def _read_gateway_fault(fault: Mapping[str, Any]) -> Complaint:
    detail = fault.get("detail")
    code = detail.get("errorcode") if isinstance(detail, Mapping) else detail
    return Complaint(words=plain(fault.get("faultstring")) or plain(code), name=plain(code))


def _read_oauth_error(content: Mapping[str, Any]) -> Complaint:
    code = plain(content.get("ErrorCode") or content.get("error"))
    words = plain(content.get("error_description") or content.get("Error"))
    return Complaint(words=words or code, name=code)


def _read_problems(errors: object) -> tuple[FieldProblem, ...]:
    if not isinstance(errors, list):
        return ()
    return tuple(
        FieldProblem(*(plain(error.get(key)) for key in dialect.PROBLEM_FIELDS))
        for error in errors
        if isinstance(error, Mapping)
    )
