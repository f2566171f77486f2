"""The form that makes a profile: each field is checked where it is typed, and the
connection is tried before anything is saved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Label, Static

from simtui.config.checks import check_client_id, check_client_secret, check_profile_name
from simtui.config.profile import Profile
from simtui.config.urls import check_base_url, check_token_url
from simtui.errors import SimtuiError
from simtui.views.text import clean

TryAndSave = Callable[[Profile], Awaitable[str]]
"""Connects, saves, and answers the account's name; raises `SimtuiError` otherwise."""


@dataclass(frozen=True, slots=True)
class _Field:
    id: str
    label: str
    check: Callable[[str], object]
    default: str = ""
    secret: bool = False


class ConnectForm(Screen[None]):
    """Asks for a name, two addresses, a client id and its secret."""

    AUTO_FOCUS = "#client-id"
    BINDINGS = [
        Binding("escape", "cancel", show=False),
        Binding("ctrl+s", "submit", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    @dataclass
    class Cancelled(Message):
        """The person went back without connecting."""

    @dataclass
    class Connected(Message):
        """The profile works and is saved."""

        profile: Profile
        account_name: str

    def __init__(self, try_and_save: TryAndSave, base_url: str, token_url: str) -> None:
        super().__init__()
        self._try_and_save = try_and_save
        self._fields = (
            _Field("name", "Profile name", check_profile_name, "default"),
            _Field("base-url", "Base URL", check_base_url, base_url),
            _Field("token-url", "Token URL", check_token_url, token_url),
            _Field("client-id", "Client id", check_client_id),
            _Field("client-secret", "Client secret", check_client_secret, secret=True),
        )

    def compose(self) -> ComposeResult:
        """One line a field, and beneath it a line for what is wrong with it."""
        with VerticalScroll(classes="form", can_focus=False) as frame:
            frame.border_title = "Connect"
            frame.border_subtitle = "tab next field · ctrl+s test and save · esc back"
            for field in self._fields:
                with Horizontal(classes="field"):
                    yield Label(field.label)
                    entry = Input(field.default, id=field.id, password=field.secret, compact=True)
                    entry.cursor_blink = False
                    yield entry
                yield Static(id=f"{field.id}-problem", classes="problem")
            yield Static(id="outcome")

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        if event.value:
            self._check(self._field(event.input.id))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.query_one(f"#{event.input.id}-problem", Static).update("")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if event.input.id == self._fields[-1].id:
            self.action_submit()
        else:
            self.focus_next(Input)

    def action_cancel(self) -> None:
        """Back to the offers; a test that is running is given up."""
        self.workers.cancel_all()
        self.post_message(self.Cancelled())

    def action_submit(self) -> None:
        """Check every field, then try the connection."""
        wrong = [field for field in self._fields if not self._check(field)]
        if wrong:
            self.query_one(f"#{wrong[0].id}", Input).focus()
            return
        self._tell(Content.styled("Connecting …", "$text-accent"))
        self._try(self._profile())

    @work(exclusive=True)
    async def _try(self, profile: Profile) -> None:
        try:
            account_name = await self._try_and_save(profile)
        except SimtuiError as error:
            self._tell(
                Content.assemble(
                    (f"✗ {clean(error.title)}. ", "$text-error"),
                    clean(" ".join(part for part in (error.detail, error.hint) if part), limit=600),
                )
            )
            return
        self.post_message(self.Connected(profile, account_name))

    def _profile(self) -> Profile:
        value = {field.id: self.query_one(f"#{field.id}", Input).value for field in self._fields}
        return Profile(
            name=check_profile_name(value["name"]),
            base_url=check_base_url(value["base-url"]),
            token_url=check_token_url(value["token-url"]),
            client_id=check_client_id(value["client-id"]),
            client_secret=check_client_secret(value["client-secret"]),
        )

    def _check(self, field: _Field) -> bool:
        problem = self.query_one(f"#{field.id}-problem", Static)
        try:
            field.check(self.query_one(f"#{field.id}", Input).value)
        except SimtuiError as error:
            problem.update(Content.styled(f"✗ {clean(str(error))}", "$text-error"))
            return False
        problem.update("")
        return True

    def _field(self, identity: str | None) -> _Field:
        return next(field for field in self._fields if field.id == identity)

    def _tell(self, content: Content) -> None:
        self.query_one("#outcome", Static).update(content)
