"""How the API spells things: every path, parameter, header and field name that simtui uses.

The vendor's Swagger is no longer published; the names are those of the reconstructed
contract. When the true ones turn up, this module changes and no other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

from simtui.errors import NotFound
from simtui.models.config_change import Kind, Verb


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path (contract §2).

    ``purpose`` completes the sentence "Could not …". ``ext`` marks what a peer has and
    the vendor does not promise.
    """

    method: str
    path: str
    purpose: str
    ext: bool = False

    @property
    def writes(self) -> bool:
        """Whether it changes anything on the server."""
        return self.method != "GET"


GET_ACCOUNT: Final = Operation("GET", "/account", "load the account")
LIST_THINGS: Final = Operation("GET", "/things", "load the Things")
GET_THING: Final = Operation("GET", "/things/{thingId}", "load the Thing")
FIND_THING: Final = Operation("GET", "/things/by-iccid/{iccid}", "find the Thing by its ICCID")
EDIT_THING: Final = Operation("PATCH", "/things/{thingId}", "edit the Thing")
SET_STATE: Final = Operation("PUT", "/things/{thingId}/state", "change the state of the Thing")
SET_TAGS: Final = Operation("PUT", "/things/{thingId}/tags", "change the tags of the Thing")
LOCK_IP: Final = Operation("PUT", "/things/{thingId}/ip-lock", "lock the IP address of the Thing")
UNLOCK_IP: Final = Operation(
    "DELETE", "/things/{thingId}/ip-lock", "unlock the IP address of the Thing"
)
RESET_CONNECTION: Final = Operation(
    "POST", "/things/{thingId}/connection-reset", "reset the connection of the Thing", ext=True
)
PING: Final = Operation("POST", "/things/{thingId}/ping", "ping the Thing", ext=True)
START_BULK: Final = Operation("POST", "/bulk-actions", "start the bulk action")
LIST_JOBS: Final = Operation("GET", "/jobs", "load the jobs")
GET_JOB: Final = Operation("GET", "/jobs/{jobId}", "load the job")
JOB_RESULT: Final = Operation("GET", "/jobs/{jobId}/result", "load the result of the job")
CANCEL_JOB: Final = Operation("POST", "/jobs/{jobId}/cancel", "cancel the job")
STATE_HISTORY: Final = Operation(
    "GET", "/things/{thingId}/state-history", "load the states of the Thing"
)
IMEI_HISTORY: Final = Operation(
    "GET", "/things/{thingId}/imei-history", "load the devices of the Thing"
)
LIST_GROUPS: Final = Operation("GET", "/things-groups", "load the Things Groups")
LIST_NETWORKS: Final = Operation("GET", "/networks", "load the networks")
LIST_NAT_RULES: Final = Operation(
    "GET", "/networks/{networkId}/nat-rules", "load the NAT rules of the network"
)
LIST_IP_PROFILES: Final = Operation("GET", "/ip-profiles", "load the IP profiles")
THING_SMS: Final = Operation("GET", "/things/{thingId}/sms", "load the SMS of the Thing")
LIST_SMS: Final = Operation("GET", "/sms", "load the SMS")
GET_SMS: Final = Operation("GET", "/sms/{smsId}", "load the SMS")
SEND_SMS: Final = Operation("POST", "/things/{thingId}/sms", "send the SMS")
CANCEL_SMS: Final = Operation("DELETE", "/sms/{smsId}", "cancel the SMS")
GET_SESSION: Final = Operation(
    "GET", "/things/{thingId}/session", "load the session of the Thing", ext=True
)
LIST_SESSIONS: Final = Operation(
    "GET", "/things/{thingId}/sessions", "load the sessions of the Thing", ext=True
)
GET_USAGE: Final = Operation(
    "GET", "/things/{thingId}/usage", "load the usage of the Thing", ext=True
)
GET_DATA_QUOTA: Final = Operation(
    "GET", "/things/{thingId}/quota", "load the data limit of the Thing", ext=True
)
LIST_EVENTS: Final = Operation("GET", "/events", "load the events of the Thing", ext=True)

LIST_ROUTES: Final = Operation(
    "GET", "/networks/{networkId}/routes", "load the routes of the network"
)
LIST_TUNNELS: Final = Operation(
    "GET", "/networks/{networkId}/ipsec-tunnels", "load the IPsec tunnels of the network"
)
LIST_LEASES: Final = Operation(
    "GET", "/networks/{networkId}/ip-pools/{poolId}/leases", "load the leases of the pool"
)
LIST_CYCLES: Final = Operation("GET", "/billing/cycles", "load the billing cycles")
BILLING_REPORT: Final = Operation("GET", "/billing/reports", "load the bill")
LIST_USERS: Final = Operation("GET", "/users", "load the users")
LIST_PERMISSION_LEVELS: Final = Operation("GET", "/permission-levels", "load the permission levels")
CONFIGURE: Final[Mapping[tuple[str, str], Operation]] = {
    (Kind.GROUP, Verb.CREATE): Operation("POST", "/things-groups", "create the Things Group"),
    (Kind.GROUP, Verb.CHANGE): Operation(
        "PATCH", "/things-groups/{thingsGroupId}", "change the Things Group"
    ),
    (Kind.GROUP, Verb.DELETE): Operation(
        "DELETE", "/things-groups/{thingsGroupId}", "delete the Things Group"
    ),
    (Kind.NETWORK, Verb.CREATE): Operation("POST", "/networks", "create the network"),
    (Kind.NETWORK, Verb.CHANGE): Operation("PATCH", "/networks/{networkId}", "change the network"),
    (Kind.NETWORK, Verb.DELETE): Operation("DELETE", "/networks/{networkId}", "delete the network"),
    (Kind.POOL, Verb.CREATE): Operation(
        "POST", "/networks/{networkId}/ip-pools", "create the IP pool"
    ),
    (Kind.POOL, Verb.CHANGE): Operation(
        "PATCH", "/networks/{networkId}/ip-pools/{poolId}", "resize the IP pool"
    ),
    (Kind.POOL, Verb.DELETE): Operation(
        "DELETE", "/networks/{networkId}/ip-pools/{poolId}", "delete the IP pool"
    ),
    (Kind.ROUTES, Verb.CHANGE): Operation(
        "PUT", "/networks/{networkId}/routes", "save the route table"
    ),
    (Kind.PROFILE, Verb.CREATE): Operation("POST", "/ip-profiles", "create the IP profile"),
    (Kind.PROFILE, Verb.CHANGE): Operation(
        "PATCH", "/ip-profiles/{ipProfileId}", "change the IP profile"
    ),
    (Kind.PROFILE, Verb.DELETE): Operation(
        "DELETE", "/ip-profiles/{ipProfileId}", "delete the IP profile"
    ),
    (Kind.CHAIN, Verb.CHANGE): Operation(
        "PUT", "/ip-profiles/{ipProfileId}/chains/{chain}", "save the chain"
    ),
    (Kind.NAT_RULE, Verb.CREATE): Operation(
        "POST", "/networks/{networkId}/nat-rules", "create the NAT rule"
    ),
    (Kind.NAT_RULE, Verb.CHANGE): Operation(
        "PATCH", "/networks/{networkId}/nat-rules/{natRuleId}", "change the NAT rule"
    ),
    (Kind.NAT_RULE, Verb.DELETE): Operation(
        "DELETE", "/networks/{networkId}/nat-rules/{natRuleId}", "delete the NAT rule"
    ),
    (Kind.TUNNEL, Verb.CREATE): Operation(
        "POST", "/networks/{networkId}/ipsec-tunnels", "create the IPsec tunnel"
    ),
    (Kind.TUNNEL, Verb.CHANGE): Operation(
        "PATCH", "/networks/{networkId}/ipsec-tunnels/{tunnelId}", "change the IPsec tunnel"
    ),
    (Kind.TUNNEL, Verb.DELETE): Operation(
        "DELETE", "/networks/{networkId}/ipsec-tunnels/{tunnelId}", "delete the IPsec tunnel"
    ),
    (Kind.USER, Verb.CREATE): Operation("POST", "/users", "invite the user"),
    (Kind.USER, Verb.CHANGE): Operation("PATCH", "/users/{userId}", "change the user"),
    (Kind.USER, Verb.DELETE): Operation("DELETE", "/users/{userId}", "delete the user"),
}
"""The writes of the configuration, by what is done to what (contract §2)."""

RESOURCES: Final = frozenset(
    {
        "account",
        "billing",
        "ip-profiles",
        "jobs",
        "networks",
        "permission-levels",
        "sms",
        "things",
        "things-groups",
        "users",
    }
)
"""First segments of the API's own paths, by which a ``Location: /things/…`` that leaves
out the base path is known (contract §2 writes them so)."""

# Ids in paths, and query parameters (contract §1.4, §2).
OFFSET: Final = "offset"
LIMIT: Final = "limit"
SORT: Final = "sort"
FROM: Final = "from"
TO: Final = "to"
GRANULARITY: Final = "granularity"
THING_ID: Final = "thingId"
JOB_ID: Final = "jobId"
NETWORK_ID: Final = "networkId"
ICCID: Final = "iccid"
SMS_ID: Final = "smsId"
DIRECTION: Final = "direction"
STATUS: Final = "status"
POOL_ID: Final = "poolId"
OWN_ID: Final[Mapping[str, str]] = {
    Kind.GROUP: "thingsGroupId",
    Kind.NETWORK: NETWORK_ID,
    Kind.POOL: POOL_ID,
    Kind.PROFILE: "ipProfileId",
    Kind.CHAIN: "chain",
    Kind.NAT_RULE: "natRuleId",
    Kind.TUNNEL: "tunnelId",
    Kind.USER: "userId",
}
PARENT_ID: Final[Mapping[str, str]] = {
    Kind.POOL: NETWORK_ID,
    Kind.ROUTES: NETWORK_ID,
    Kind.CHAIN: "ipProfileId",
    Kind.NAT_RULE: NETWORK_ID,
    Kind.TUNNEL: NETWORK_ID,
}
"""What the ids of a configured object and of what it is in are called in paths."""
SCOPE: Final = "scope"
SCOPE_ID: Final = "id"
CYCLE: Final = "cycle"
GROUP_BY: Final = "groupBy"
END_SESSION: Final = "endSession"
THINGS_FILTERS: Final[Mapping[str, str]] = {
    "iccids": ICCID,
    "q": "q",
    "states": "state",
    "groups": "thingsGroupId",
    "tags": "tag",
}
"""Fields of ``ThingsQuery`` and the parameter each one becomes, repeated for OR."""
OLDEST_FIRST: Final = "createdAt"
"""The sort key under which new Things come last and no Thing ever moves."""
NEWEST_SMS_FIRST: Final = "-submittedAt"
NEWEST_EVENT_FIRST: Final = "-at"

# Fields of request bodies (contract §2, §4, §6).
STATE: Final = "state"
REASON: Final = "reason"
CONFIRM_ICCID: Final = "confirmIccid"
TAGS: Final = "tags"
IP_ADDRESS: Final = "ipAddress"
PING_COUNT: Final = "count"
PING_SIZE: Final = "size"
THING_IDS: Final = "thingIds"
THINGS_GROUP_ID: Final = "thingsGroupId"
ALLOWED_SERVICES: Final = "allowedServices"
IMEI_LOCK_ENABLED: Final = "enabled"
IMEI: Final = "imei"
TAC: Final = "tac"
BULK_ACTION: Final = "action"
PARAMETERS: Final = "parameters"
TARGET: Final = "target"
EXPECTED_COUNT: Final = "expectedCount"
CONFIRM_COUNT: Final = "confirmCount"
DRY_RUN: Final = "dryRun"
CLIENT_REFERENCE: Final = "clientReference"
TEXT: Final = "text"
VALIDITY_MINUTES: Final = "validityMinutes"
SENDER: Final = "sender"
PSK: Final = "psk"


class BulkName:
    """What a bulk action is called (contract §6)."""

    SET_STATE: Final = "SET_STATE"
    MOVE_TO_GROUP: Final = "MOVE_TO_GROUP"
    ADD_TAGS: Final = "ADD_TAGS"
    REMOVE_TAGS: Final = "REMOVE_TAGS"
    SET_ALLOWED_SERVICES: Final = "SET_ALLOWED_SERVICES"
    LOCK_IP: Final = "LOCK_IP"
    UNLOCK_IP: Final = "UNLOCK_IP"
    SET_IMEI_LOCK: Final = "SET_IMEI_LOCK"
    CONNECTION_RESET: Final = "CONNECTION_RESET"
    SEND_SMS: Final = "SEND_SMS"


# Where the lines of a billing report are, alone and as the result of a job (contract §3.9).
LINES: Final = "lines"
DOCUMENT: Final = "document"

# The envelope of a list (contract §1.4).
ITEMS: Final = "items"
TOTAL: Final = "total"

# Headers (contract §1, §1.2, §1.5); httpx ignores their case.
IF_MATCH: Final = "If-Match"
ETAG: Final = "ETag"
REQUEST_ID: Final = "x-request-id"
API_VERSION: Final = "api-version"
SUNSET: Final = "sunset"
NO_SUNSET: Final = "n/a"
QUOTA_LIMIT: Final = "quota-limit"
QUOTA_USED: Final = "quota-used"
QUOTA_INTERVAL: Final = "quota-interval"
QUOTA_TIME_UNIT: Final = "quota-time-unit"
QUOTA_RESET: Final = "quota-reset-UTC"

# The token endpoint (contract §1.1).
GRANT_TYPE: Final = ("grant_type", "client_credentials")
CLIENT_ID: Final = "client_id"
CLIENT_SECRET: Final = "client_secret"
ACCESS_TOKEN: Final = "access_token"
EXPIRES_IN: Final = "expires_in"
ISSUED_AT: Final = "issued_at"

# The envelope of an error (contract §1.3), and the name in it (contract §8) that tells an
# unknown object from an unknown path.
ERROR_NAME: Final = "name"
ERROR_WORDS: Final = ("message", "info")
ERROR_TRANSACTION: Final = "transactionId"
ERROR_PROBLEMS: Final = "errors"
PROBLEM_FIELDS: Final = ("field", "code", "message")
NOT_FOUND: Final = "NOT_FOUND"

_ODD_NAMES: Final[Mapping[str, str]] = {"from_": "from"}
"""Python fields whose wire name is not simply their camelCase."""
_CAPITAL: Final = re.compile(r"(?<=[a-z0-9])[A-Z]")


def wire_name(field_name: str) -> str:
    """The wire's spelling of a model's field: ``things_group_id`` → ``thingsGroupId``."""
    if field_name in _ODD_NAMES:
        return _ODD_NAMES[field_name]
    head, *rest = field_name.split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in rest)


def model_name(name: str) -> str:
    """A name of the wire as models spell it: ``thingsGroups`` → ``things_groups``."""
    return _CAPITAL.sub(lambda match: f"_{match[0].lower()}", name)


def wire_value(value: object) -> Any:
    """A model, or a value of one, as JSON in the wire's spelling.

    Enough for request bodies: dataclasses, mappings, sequences, times and scalars.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {wire_name(f.name): wire_value(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {wire_name(str(key)): wire_value(item) for key, item in value.items()}
    if isinstance(value, (tuple, list, set, frozenset)):
        return [wire_value(item) for item in value]
    if isinstance(value, datetime):
        return wire_time(value)
    return value


def wire_time(moment: datetime) -> str:
    """RFC 3339 in UTC with ``Z`` (contract §1, Times). ``moment`` must be aware."""
    if moment.tzinfo is None:
        raise ValueError("a time for the API must have a time zone")
    spec = "milliseconds" if moment.microsecond else "seconds"
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=spec) + "Z"


def sort_terms(sort: tuple[str, ...]) -> str:
    """``?sort=`` of these fields; a ``-`` in front means descending (contract §1.4)."""
    return ",".join(
        "-" + wire_name(term[1:]) if term.startswith("-") else wire_name(term) for term in sort
    )


def etag(version: int) -> str:
    """The strong ETag of a version, for ``If-Match`` (contract §1.5)."""
    return f'"v{version}"'


def version_of(etag_header: str | None) -> int:
    """The version in an ETag; 0 when there is none that can be read (contract §1.5)."""
    told = (etag_header or "").removeprefix("W/").strip('"').removeprefix("v")
    return int(told) if told.isascii() and told.isdigit() else 0


def path_of(operation: Operation, ids: Mapping[str, str]) -> str:
    """The path of an operation on the objects with these ids.

    Raises:
        NotFound: an id that cannot be one, so that it never names another path.
    """
    path = operation.path
    for name, value in ids.items():
        if value in ("", ".", ".."):
            raise NotFound(f"Could not {operation.purpose}", f"“{value}” is no {name}")
        path = path.replace("{" + name + "}", quote(value, safe=""))
    return path
