"""The OpenAPI document and the operations say the same."""

from __future__ import annotations

import httpx
import pytest
from openapi_spec_validator import validate

from simtui.sandbox.openapi import document
from simtui.sandbox.registry import OPERATIONS, operation
from simtui.sandbox.routes import all_routes

all_routes()
DOCUMENTED = {
    (method.upper(), path): described
    for path, item in document()["paths"].items()
    for method, described in item.items()
}


def test_the_document_is_valid_openapi() -> None:
    validate(document())


def test_every_documented_operation_is_there_and_no_other() -> None:
    assert set(OPERATIONS) == set(DOCUMENTED)


def test_extensions_are_marked_the_same_in_both() -> None:
    marked = {key for key, described in DOCUMENTED.items() if described.get("x-extension")}
    assert {key for key, one in OPERATIONS.items() if one.ext} == marked


def test_writes_with_a_body_refuse_unknown_fields() -> None:
    for key, described in DOCUMENTED.items():
        body = described.get("requestBody")
        if body is None:
            continue
        schema = body["content"]["application/json"]["schema"]
        if "$ref" in schema:
            schema = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        assert schema["additionalProperties"] is False, key


def test_an_operation_cannot_be_registered_twice() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        operation("GET", "/things", need=("things", "READ"))(lambda world, call: None)


async def test_the_document_is_served_with_its_own_addresses(api: httpx.AsyncClient) -> None:
    served = (await api.get("http://sandbox.test/openapi.json")).json()
    assert served["servers"] == [{"url": "http://sandbox.test/iot/jpu/iotprogrammablesim"}]
    flow = served["components"]["securitySchemes"]["oauth"]["flows"]["clientCredentials"]
    assert flow["tokenUrl"] == "http://sandbox.test/oauth/client_credential/accesstoken"
    assert served["paths"] == document()["paths"]


@pytest.mark.parametrize(("method", "path"), sorted(DOCUMENTED))
async def test_every_operation_wants_a_token(
    api: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await api.request(method, path.format_map(_Ids()), headers={"Authorization": ""})
    assert answer.status_code == 401
    assert answer.json()["name"] == "INVALID_TOKEN"


class _Ids(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "x_1"
