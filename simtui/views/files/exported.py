"""A configuration as files: the same one always becomes the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from simtui.models import IpProfile, ThingsGroup
from simtui.models.settings import RuleSettings, rule_settings
from simtui.views.files.configuration import Configuration
from simtui.views.files.layout import GROUPS_FILE, HEADER, NETWORKS, PROFILES, file_names
from simtui.views.files.network_text import network_lines
from simtui.views.files.references import reference_texts
from simtui.views.files.toml_text import Pair, table_lines

_GUIDE = (
    "# An object keeps its id when it is renamed; one without an id is new.",
    "# What is left out has its default.",
)


def exported(configuration: Configuration) -> dict[str, str]:
    """The text of every file by its path inside the directory."""
    networks = {one.network_id: one.name for one in configuration.networks}
    profiles = {one.ip_profile_id: one.name for one in configuration.profiles}
    network_paths, profile_paths = file_names(NETWORKS, networks), file_names(PROFILES, profiles)
    files = {GROUPS_FILE: _text("Things Groups", _group_lines(configuration))}
    for network in configuration.networks:
        lines = network_lines(network, configuration)
        files[network_paths[network.network_id]] = _text("a network", lines)
    for profile in configuration.profiles:
        lines = _profile_lines(profile)
        files[profile_paths[profile.ip_profile_id]] = _text("an IP profile", lines)
    return files


def _text(what: str, lines: Iterable[str]) -> str:
    return "\n".join((f"{HEADER}: {what}.", *_GUIDE, "", *lines)).rstrip("\n") + "\n"


def _group_lines(configuration: Configuration) -> Iterator[str]:
    networks = reference_texts({one.network_id: one.name for one in configuration.networks})
    profiles = reference_texts({one.ip_profile_id: one.name for one in configuration.profiles})
    for group in sorted(configuration.groups, key=lambda one: (one.name, one.things_group_id)):
        comment = "the default group" if group.is_default else ""
        yield from table_lines("[[group]]", _group_pairs(group, networks, profiles), comment)
        yield ""


def _group_pairs(
    group: ThingsGroup, networks: Mapping[str, str], profiles: Mapping[str, str]
) -> Iterator[Pair]:
    network, profile = group.network_id or "", group.ip_profile_id or ""
    yield Pair("id", group.things_group_id)
    yield Pair("name", group.name)
    yield Pair("description", group.description or None)
    yield Pair("network", networks.get(network, network) or None)
    yield Pair("ip_profile", profiles.get(profile, profile) or None)


def _profile_lines(profile: IpProfile) -> Iterator[str]:
    yield from table_lines(
        "",
        (
            Pair("id", profile.ip_profile_id),
            Pair("name", profile.name),
            Pair("description", profile.description or None),
        ),
    )
    yield ""
    for key, towards, rules in (
        ("inbound", "to the Things", profile.inbound),
        ("outbound", "from the Things", profile.outbound),
    ):
        if not rules:
            yield f"# No {key} rules: everything {towards} is allowed."
            yield ""
        for rule in rules:
            yield from table_lines(f"[[{key}]]", _rule_pairs(rule_settings(rule)))
            yield ""


def _rule_pairs(rule: RuleSettings) -> Iterator[Pair]:
    """Of a rule, what it does, and what narrows it down."""
    yield Pair("id", rule.rule_id or None)
    yield Pair("action", rule.action)
    for key in ("protocol", "src_cidr", "src_ports", "dst_cidr", "dst_ports"):
        value = getattr(rule, key)
        yield Pair(key, None if value == "ANY" else value)
    yield Pair("enabled", None if rule.enabled else False)
    yield Pair("comment", rule.comment or None)
