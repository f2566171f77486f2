"""How often a request is sent, and what is waited for in between: the policy, as data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from simtui.api.cool_down import CoolDown
from simtui.api.faults import quota_fault
from simtui.clock import Clock
from simtui.errors import SimtuiError

if TYPE_CHECKING:
    import httpx

UNKNOWN_RESET: Final = 15.0
"""Seconds to hold back after a 429 that does not tell when the quota is reset."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """When a request that may be repeated is repeated (contract §1.3); times in seconds.

    ``pauses`` are those before the second, third and fourth try; each grows by up to
    ``jitter`` of itself at random. A server that asks for more than
    ``longest_retry_after`` is not waited for.
    """

    pauses: tuple[float, ...] = (0.5, 1.0, 2.0)
    jitter: float = 0.5
    statuses: frozenset[int] = frozenset({500, 502, 503, 504})
    longest_retry_after: float = 30.0
    most_cool_downs: int = 5


@dataclass(frozen=True, slots=True)
class Failed:
    """One try that failed, and what may follow.

    ``again``: it may be repeated. ``told``: seconds that the server asked to wait.
    ``quota``: it was a 429, so every request has to wait.
    """

    error: SimtuiError
    again: bool = False
    told: float | None = None
    quota: bool = False


class Delivery:
    """Tries until there is an answer, or until the policy says that it is enough."""

    def __init__(
        self,
        policy: RetryPolicy,
        cool_down: CoolDown,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]],
        random: Callable[[], float],
    ) -> None:
        self.policy = policy
        self._cool_down = cool_down
        self._clock = clock
        self._sleep = sleep
        self._random = random

    async def deliver(
        self, title: str, attempt: Callable[[], Awaitable[httpx.Response | Failed]]
    ) -> httpx.Response:
        """The answer of the first ``attempt`` that has one.

        Raises:
            SimtuiError: that of the last try.
        """
        tries = refusals = 0
        while True:
            await self._cool_down.over(title)
            outcome = await attempt()
            if not isinstance(outcome, Failed):
                return outcome
            if outcome.quota:
                refusals += 1
                self._hold_back(outcome, refusals)
            else:
                await self._pause(outcome, tries)
                tries += 1

    def _hold_back(self, failed: Failed, refusals: int) -> None:
        """Start the cool-down; each refusal in a row makes it last at least twice as long."""
        wait = max(UNKNOWN_RESET if failed.told is None else failed.told, 2.0 ** (refusals - 1))
        worth_it = self._cool_down.begin(wait)
        if not worth_it or refusals > self.policy.most_cool_downs:
            raise quota_fault(failed.error, self._clock.now() + timedelta(seconds=wait))

    async def _pause(self, failed: Failed, tries: int) -> None:
        told = failed.told or 0.0
        if (
            not failed.again
            or tries >= len(self.policy.pauses)
            or told > self.policy.longest_retry_after
        ):
            raise failed.error
        pause = self.policy.pauses[tries] * (1 + self.policy.jitter * self._random())
        await self._sleep(max(pause, told))
