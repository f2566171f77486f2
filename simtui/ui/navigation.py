"""Going from place to place in the account that is visited."""

from __future__ import annotations

from textual.app import App

from simtui.ui.history import (
    AccountPlace,
    BillingPlace,
    ChangesPlace,
    GroupsPlace,
    ImeiPlace,
    JobsPlace,
    JournalPlace,
    NetworksPlace,
    Place,
    ProfilesPlace,
    PulsePlace,
    RunbooksPlace,
    SmsPlace,
    ThingPlace,
    ThingsPlace,
    UsersPlace,
    WhyPlace,
)
from simtui.ui.leaving import leave_account
from simtui.ui.visit import Visit


class NavigatingApp(App[None], inherit_bindings=False):
    """What the keys that lead somewhere do; without a visit they lead nowhere."""

    visit: Visit | None = None

    async def go(self, place: Place) -> None:
        """Go to a place; ``[`` comes back from it."""
        if self.visit is not None:
            await self.visit.go(place)

    def go_soon(self, place: Place) -> None:
        """Go to a place when the present message has been dealt with."""
        self.call_next(self.go, place)

    async def open_iccid(self, iccid: str) -> None:
        """Open the Thing with this ICCID, also one that the list does not have yet.

        Raises:
            UsageError: when it is no ICCID.
            SimtuiError: when the API does not know it or does not answer.
        """
        if self.visit is not None:
            from simtui.ui.finding import find_by_iccid  # the first frame does without

            thing = await find_by_iccid(self.visit.feed, iccid)
            await self.go(ThingPlace(thing.thing_id))

    async def open_changes(self, since: str) -> None:
        """What was seen to change since some time.

        Raises:
            UsageError: when that is no time.
        """
        from simtui.views.history.since import parse_since  # the first frame does without

        if self.visit is not None:
            workspace = self.visit.workspace
            parse_since(since, workspace.clock.now(), workspace.last_visit.previous)
            await self.go(ChangesPlace(since=since))

    async def why_iccid(self, iccid: str) -> None:
        """Find out why the Thing with this ICCID is offline.

        Raises:
            UsageError, SimtuiError: as `open_iccid`.
        """
        if self.visit is not None:
            from simtui.ui.finding import find_by_iccid  # the first frame does without

            thing = await find_by_iccid(self.visit.feed, iccid)
            await self.go(WhyPlace(thing.thing_id))

    async def action_go_pulse(self) -> None:
        """What is wrong now."""
        await self.go(PulsePlace())

    async def action_go_things(self) -> None:
        """The Thing list as it was left."""
        if self.visit is not None:
            await self.visit.go(ThingsPlace(self.visit.things.filter_text))

    async def action_go_jobs(self) -> None:
        """The jobs of the account."""
        await self.go(JobsPlace())

    async def action_go_journal(self) -> None:
        """Every write from here."""
        await self.go(JournalPlace())

    async def action_go_imei(self) -> None:
        """The SIM cards that changed their device."""
        await self.go(ImeiPlace())

    async def action_go_changes(self) -> None:
        """What was seen to change; of the Thing whose page is shown, if one is."""
        here = self.visit.trail.here if self.visit is not None else None
        await self.go(ChangesPlace(here.thing_id if isinstance(here, ThingPlace) else ""))

    async def action_go_groups(self) -> None:
        """The Things Groups."""
        await self.go(GroupsPlace())

    async def action_go_networks(self) -> None:
        """The networks."""
        await self.go(NetworksPlace())

    async def action_go_firewall(self) -> None:
        """The IP profiles."""
        await self.go(ProfilesPlace())

    async def action_go_sms(self) -> None:
        """The messages of the account."""
        await self.go(SmsPlace())

    async def action_go_billing(self) -> None:
        """What the account costs in the open cycle."""
        await self.go(BillingPlace())

    async def action_go_users(self) -> None:
        """The users of the account."""
        await self.go(UsersPlace())

    async def action_go_account(self) -> None:
        """The account and the API itself."""
        await self.go(AccountPlace())

    async def action_go_runbooks(self) -> None:
        """The runs of runbooks."""
        await self.go(RunbooksPlace())

    def action_drafts(self) -> None:
        """The edits that are not saved."""
        if self.visit is not None:
            self.visit.configuring.offer_drafts()

    async def action_back(self) -> None:
        """One place back."""
        if self.visit is not None:
            await self.visit.back()

    async def action_forward(self) -> None:
        """One place forward."""
        if self.visit is not None:
            await self.visit.forward()

    async def action_quit_or_back(self) -> None:
        """Back; at the list, or where there is nothing to go back to, quit."""
        visit = self.visit
        if visit is None or visit.is_at_root or not await visit.back():
            leave_account(self, "Quit now?", "quit", self.exit)

    def action_leave(self) -> None:
        """Quit from anywhere."""
        self.exit()

    def action_undo(self) -> None:
        """Take back the last step of the edit that is shown, else plan what takes the last
        write back that can be."""
        visit = self.visit
        if visit is not None and not (visit.page and visit.page.undo_edit()):
            visit.acting.undo()
