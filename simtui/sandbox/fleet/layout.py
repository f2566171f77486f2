"""How the account is laid out: its networks, IP profiles and groups, as data."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class NetworkPlan:
    """A network; its pools are cut from ``10.<first_octet>.0.0/12``."""

    name: str
    description: str
    first_octet: int
    thing_isolation: bool = False


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A Things Group; ``countries`` are repeated by how common they are in it."""

    name: str
    network: str
    ip_profile: str
    description: str = ""
    countries: tuple[str, ...] = ("NL",)


@dataclass(frozen=True, slots=True)
class RulePlan:
    """A filter rule: action, protocol, and what differs from ANY."""

    action: str
    protocol: str
    comment: str
    src_cidr: str = "ANY"
    dst_cidr: str = "ANY"
    dst_ports: str = "ANY"
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class ProfilePlan:
    """An IP profile with its two chains."""

    name: str
    description: str
    inbound: tuple[RulePlan, ...] = field(default=())
    outbound: tuple[RulePlan, ...] = field(default=())


DEFAULT_NETWORK = NetworkPlan("default", "The network the account came with", 0)
DEFAULT_PROFILE = ProfilePlan("default", "No rules: everything is allowed")
DEFAULT_GROUP = GroupPlan("default", "default", "default", "Things without a group of their own")

NETWORKS: tuple[NetworkPlan, ...] = (
    DEFAULT_NETWORK,
    NetworkPlan("depots", "Pumps, valves and gateways of the depots and yards", 16),
    NetworkPlan("metering", "Smart meters; they need not see each other", 32, True),
    NetworkPlan("charging", "Charge points towards the OCPP back office", 48, True),
    NetworkPlan("mobile", "Trackers and trailers", 64, True),
    NetworkPlan("buildings", "Elevators and cameras", 80),
)

GROUPS: tuple[GroupPlan, ...] = (
    DEFAULT_GROUP,
    GroupPlan("depot-7", "depots", "scada", "Depot 7, Zwolle"),
    GroupPlan("depot-3", "depots", "scada", "Depot 3, Breda"),
    GroupPlan("north-yard", "depots", "scada", "North yard, Groningen"),
    GroupPlan("south-yard", "depots", "scada", "South yard, Eindhoven"),
    GroupPlan("gateways", "depots", "gateways", "Gateways outside the depots"),
    GroupPlan("meters", "metering", "metering", "Smart meters, the Netherlands"),
    GroupPlan("meters-be", "metering", "metering", "Smart meters, Belgium", ("BE",)),
    GroupPlan("meters-lu", "metering", "metering", "Smart meters, Luxembourg", ("LU",)),
    GroupPlan("charging", "charging", "ocpp", "Charge points, the Netherlands"),
    GroupPlan("charging-be", "charging", "ocpp", "Charge points, Belgium", ("BE",)),
    GroupPlan(
        "trackers", "mobile", "telematics", "Vehicle trackers", ("NL", "NL", "NL", "BE", "LU")
    ),
    GroupPlan("trailers", "mobile", "telematics", "Trailer trackers", ("NL", "NL", "BE", "BE")),
    GroupPlan("elevators", "buildings", "buildings", "Elevators with emergency calls"),
    GroupPlan("cameras", "buildings", "video", "Site cameras"),
    GroupPlan("lab", "default", "default", "Test bench"),
)

_DNS = RulePlan("ALLOW", "UDP", "DNS", dst_cidr="145.7.7.7/32", dst_ports="53")
_NTP = RulePlan("ALLOW", "UDP", "Time", dst_ports="123")
_REST_OUT = RulePlan("DROP", "ANY", "Nothing else leaves")
_REST_IN = RulePlan("DROP", "ANY", "Nothing else comes in")
_OFFICE = "203.0.113.0/28"

PROFILES: tuple[ProfilePlan, ...] = (
    DEFAULT_PROFILE,
    ProfilePlan(
        "scada",
        "Pumps and valves: Modbus from the control room only",
        (
            RulePlan("ALLOW", "TCP", "Modbus from SCADA", "10.200.16.0/24", dst_ports="502"),
            RulePlan("ALLOW", "TCP", "Maintenance", _OFFICE, dst_ports="22,443"),
            RulePlan("ALLOW", "ICMP", "Ping from the office", _OFFICE),
            RulePlan("DROP", "TCP", "No telnet, ever", dst_ports="23"),
            _REST_IN,
        ),
        (
            RulePlan("ALLOW", "TCP", "Historian", dst_cidr="10.200.16.0/24", dst_ports="8883"),
            _DNS,
            _NTP,
            RulePlan("REJECT", "TCP", "No web browsing", dst_ports="80,443"),
            RulePlan("DROP", "UDP", "SSDP storms", dst_ports="1900", enabled=False),
        ),
    ),
    ProfilePlan(
        "gateways",
        "Industrial routers",
        (
            RulePlan("ALLOW", "TCP", "Remote management", _OFFICE, dst_ports="22,443,8443"),
            RulePlan("ALLOW", "ICMP", "Ping"),
            _REST_IN,
        ),
        (_DNS, _NTP),
    ),
    ProfilePlan(
        "metering",
        "Meters reach the head end and nothing else",
        (
            RulePlan("ALLOW", "TCP", "DLMS/COSEM", "10.210.0.0/22", dst_ports="4059"),
            _REST_IN,
        ),
        (
            RulePlan("ALLOW", "TCP", "Head end", dst_cidr="10.210.0.0/22", dst_ports="4059,7050"),
            _NTP,
            _REST_OUT,
        ),
    ),
    ProfilePlan(
        "ocpp",
        "Charge points speak OCPP over TLS",
        (_REST_IN,),
        (
            RulePlan("ALLOW", "TCP", "OCPP", dst_cidr="198.51.100.32/27", dst_ports="443,8080"),
            RulePlan("ALLOW", "TCP", "Firmware", dst_cidr="198.51.100.80/32", dst_ports="443"),
            _DNS,
            _NTP,
            RulePlan("DROP", "TCP", "Unencrypted OCPP", dst_ports="80"),
            _REST_OUT,
        ),
    ),
    ProfilePlan(
        "telematics",
        "Trackers report over TCP 5027",
        (_REST_IN,),
        (
            RulePlan("ALLOW", "TCP", "Telematics", dst_cidr="192.0.2.10/32", dst_ports="5027"),
            _DNS,
        ),
    ),
    ProfilePlan(
        "buildings",
        "Elevator monitoring",
        (RulePlan("ALLOW", "TCP", "Maintenance", _OFFICE, dst_ports="443"), _REST_IN),
    ),
    ProfilePlan(
        "video",
        "RTSP from the video recorder",
        (
            RulePlan("ALLOW", "TCP", "RTSP", "10.220.0.0/24", dst_ports="554,8554"),
            RulePlan("ALLOW", "UDP", "RTP", "10.220.0.0/24", dst_ports="10000-20000"),
            _REST_IN,
        ),
        (RulePlan("ALLOW", "ANY", "To the recorder", dst_cidr="10.220.0.0/24"), _DNS, _NTP),
    ),
)
