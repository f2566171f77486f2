"""Device models by what they are built into, each with its type allocation code (TAC)."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from simtui.sandbox.fleet.numbers import DeviceNumbers

MODELS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "controller": (
        ("Teltonika RUT240", "86085804"),
        ("Teltonika RUT241", "86107604"),
        ("Siemens SCALANCE M876", "35550507"),
        ("Phoenix TC ROUTER 3002T", "35794405"),
        ("Cinterion EHS6", "35709106"),
        ("Cinterion PLS8-E", "35721309"),
    ),
    "meter": (
        ("Quectel BG96", "86642503"),
        ("Quectel BG95-M3", "86459105"),
        ("u-blox SARA-R410M", "35252609"),
        ("u-blox SARA-R422", "35473911"),
        ("Telit ME910C1", "35362508"),
        ("Kamstrup OMNIA LTE-M", "35908110"),
        ("Sagemcom XS211", "35645309"),
        ("Iskraemeco AM550", "35838810"),
    ),
    "gateway": (
        ("Cisco IR1101", "35969610"),
        ("Sierra Wireless RV50X", "35922507"),
        ("Sierra Wireless RV55", "35454410"),
        ("Robustel R1510", "86389304"),
        ("MultiTech Conduit", "35416410"),
    ),
    "charger": (
        ("Alfen ICU", "86277104"),
        ("EVBox Elvi", "35316909"),
        ("Quectel EC21-E", "86471203"),
        ("Quectel EC25-E", "86698904"),
        ("SIMCom SIM7600E", "86706404"),
    ),
    "lift": (
        ("Kone KRMS", "35747508"),
        ("Otis Compass Gateway", "35826909"),
        ("2N Lift1", "35155808"),
    ),
    "camera": (
        ("Axis Q6225 LTE", "35290611"),
        ("Hikvision DS-2XS6", "86410805"),
        ("Reolink Go PT", "86813805"),
        ("Milesight SC211", "86948604"),
    ),
    "tracker": (
        ("Teltonika FMB920", "86042803"),
        ("Teltonika FMC130", "86454005"),
        ("Queclink GL300", "86605003"),
        ("Ruptela Trace5", "86606104"),
        ("TomTom LINK 410", "35674207"),
        ("Digital Matter Oyster3", "35188911"),
    ),
    "bench": (
        ("Nordic Thingy:91", "35265610"),
        ("Raspberry Pi with SIM7600", "86820404"),
        ("Cinterion TX62", "35181411"),
    ),
}


def new_imei(random: Random) -> str:
    """The IMEI of some device that was not in the fleet before."""
    models = random.choice(list(MODELS.values()))
    _, tac = random.choice(models)
    return DeviceNumbers(tac, random.randrange(1_000_000)).next()
