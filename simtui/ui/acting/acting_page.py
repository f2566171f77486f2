"""A page on which Things can be acted on, with the keys for it."""

from __future__ import annotations

from simtui.ui.acting.targets import Targets
from simtui.ui.history import ConversationPlace, WhyPlace
from simtui.ui.page import Page


class ActingPage(Page):
    """Subclasses say what could be meant; the keys act on that."""

    def targets(self) -> Targets:
        """What an action could be about now."""
        return Targets()

    def action_act(self) -> None:
        """The menu of what can be done."""
        if (visit := self.simtui.visit) is not None:
            visit.acting.act(self.targets())

    def action_toggle_state(self) -> None:
        """Suspend, resume or activate, as a plan."""
        if (visit := self.simtui.visit) is not None:
            visit.acting.toggle_state(self.targets())

    def action_edit(self) -> None:
        """Name, description and tags of one Thing."""
        if (visit := self.simtui.visit) is not None:
            visit.acting.edit(self.targets().row)

    def action_retire(self) -> None:
        """Retire, as a plan."""
        if (visit := self.simtui.visit) is not None:
            visit.acting.retire(self.targets())

    def action_write_sms(self) -> None:
        """Write an SMS to what is meant."""
        visit, targets = self.simtui.visit, self.targets()
        if visit is not None and targets.first is not None:
            visit.messaging.write(targets.first)

    def action_messages(self) -> None:
        """The messages to and from the Thing."""
        if (thing := self.targets().row) is not None:
            self.simtui.go_soon(ConversationPlace(thing.thing_id))

    def action_why(self) -> None:
        """Find out why the Thing is offline."""
        if (thing := self.targets().row) is not None:
            self.simtui.go_soon(WhyPlace(thing.thing_id))

    def action_runbook(self) -> None:
        """The runbooks that fit what is meant."""
        if (visit := self.simtui.visit) is not None:
            visit.runbooks.offer(self.targets())

    def action_packet(self) -> None:
        """Ask what becomes of a packet to or from the Thing."""
        from simtui.ui.configuring.packet_asking import ask_packet  # the list does without

        ask_packet(self.simtui, thing=self.targets().row)
