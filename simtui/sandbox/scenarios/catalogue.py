"""The scenarios there are. A new one is a new row here: nothing else has to know of it."""

from __future__ import annotations

from collections.abc import Mapping

from simtui.sandbox.scenarios.scenario import Scenario, Step, Truth, Wanted

_DAY = 24 * 60

_SCENARIOS = (
    Scenario(
        "pool-exhausted",
        "Its network has no address left, so it attaches and gets no data session.",
        Wanted("charging"),
        Truth.IP_POOL,
        (
            Step("end-session", 22),
            Step("release-address", 22),
            Step("exhaust-pool", 21),
            Step("attach", 20),
        ),
    ),
    Scenario(
        "tunnel-down",
        "It is online, but the tunnel to what it talks to has gone down: the keys differ.",
        Wanted("depot-7"),
        Truth.TUNNEL,
        (Step("drop-tunnel", 25),),
    ),
    Scenario(
        "firewall-rule",
        "It is online, but somebody added a rule that drops what it sends to the historian.",
        Wanted("depot-3"),
        Truth.FIREWALL,
        (
            Step(
                "add-rule",
                40,
                {
                    "action": "DROP",
                    "protocol": "TCP",
                    "dst_cidr": "10.200.0.0/16",
                    "comment": "test, to be removed",
                },
            ),
        ),
    ),
    Scenario(
        "imei-lock-breached",
        "The SIM is locked to its device and was put into another one.",
        Wanted("gateways"),
        Truth.IMEI_LOCK,
        (Step("breach-imei-lock", 35),),
    ),
    Scenario(
        "suspended-by-colleague",
        "A colleague suspended it; its session lived on for half an hour.",
        Wanted("south-yard"),
        Truth.LIFECYCLE,
        (
            Step("suspend", 180, {"reason": "INC-4711 stolen"}),
            Step("end-session", 150, {"reason": "STATE_NOT_ACTIVE"}),
        ),
    ),
    Scenario(
        "data-limit",
        "It has used up the data limit of this month.",
        Wanted("cameras"),
        Truth.DATA_LIMIT,
        (Step("hit-data-limit", 5 * 60),),
    ),
    Scenario(
        "operator-outage-belgium",
        "One operator in Belgium fails, and every Thing on it falls silent at once.",
        Wanted("charging-be"),
        Truth.OPERATOR,
        (Step("silence-operator", 45),),
    ),
    Scenario(
        "moved-to-germany",
        "The device crossed the border to Germany, where there is no coverage.",
        Wanted("trackers"),
        Truth.COVERAGE,
        (Step("move-out-of-coverage", 8 * 60), Step("go-silent", 7 * 60)),
    ),
    Scenario(
        "dead-battery",
        "Its battery is dead; the Things around it are well.",
        Wanted("trailers"),
        Truth.DEVICE,
        (Step("go-silent", 2 * _DAY),),
    ),
    Scenario(
        "power-cut",
        "A dozen Things of one yard lose their power at the same moment.",
        Wanted("south-yard", "pump"),
        Truth.SITE,
        (Step("silence-group", 50, {"most": 12}),),
    ),
    Scenario(
        "data-barred",
        "Somebody took DATA out of its allowed services.",
        Wanted("elevators"),
        Truth.SERVICES,
        (
            Step("end-session", 6 * 60),
            Step("allow-services", 6 * 60, {"services": ("SMS",)}),
            Step("attach", 6 * 60),
        ),
    ),
    Scenario(
        "stale-facts",
        "The platform has not heard about it for more than a day, and says so.",
        Wanted("meters"),
        Truth.NOT_TOLD,
        (Step("turn-stale"),),
    ),
    Scenario(
        "no-ext",
        "Its battery is dead, and this installation offers no EXT endpoint.",
        Wanted("trailers"),
        Truth.NOT_TOLD,
        (Step("go-silent", 2 * _DAY), Step("fault", settings={"name": "ext-absent"})),
    ),
    Scenario(
        "nothing-wrong",
        "It is online, and all is well.",
        Wanted("depot-7"),
        Truth.NOTHING,
    ),
)

SCENARIOS: Mapping[str, Scenario] = {one.name: one for one in _SCENARIOS}
