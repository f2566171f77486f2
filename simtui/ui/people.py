"""Who may use the account, watched as far as our own level lets us see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simtui.errors import Forbidden, SimtuiError
from simtui.models import Account, PermissionLevel, User
from simtui.models.permission_level import known_levels, level_named
from simtui.store.cells import Watch
from simtui.store.entry import Entry
from simtui.store.queries import AccountQuery, PermissionLevelsQuery, UsersQuery
from simtui.store.query import Query
from simtui.store.store import Store
from simtui.ui.configuring.own_user import own_user
from simtui.ui.watched import Watched
from simtui.views.users.access import may_see_users
from simtui.views.users.lockout import Users, last_administrator, users_as_set


class People:
    """The account, the permission levels, and the users where we may see them.

    ``on_change`` hears of every change. A level that may not see users never asks for them.
    """

    def __init__(self, store: Store, on_change: Callable[[], None]) -> None:
        self._store = store
        self._on_change: Callable[[], None] = lambda: None
        self._watch: Watch[tuple[User, ...]] | None = None
        self.entry: Entry[tuple[User, ...]] = Entry()
        queries: dict[str, Query[Any]] = {
            "account": AccountQuery(),
            "levels": PermissionLevelsQuery(),
        }
        self._watched = Watched(store, queries, self._account_came)
        self._account_came()
        self._on_change = on_change

    def close(self) -> None:
        """Watch no more."""
        self._watched.close()
        self._close_users()

    def refresh(self) -> None:
        """Ask for all of it again, also when the users were refused before."""
        self.entry = Entry(self.entry.value, self.entry.fetched_at)
        self._watched.refresh()
        self._account_came()
        if self._watch is not None:
            self._store.refresh(UsersQuery())

    @property
    def account(self) -> Entry[Account]:
        """Who we are to the API."""
        return self._watched.entry("account")

    @property
    def level(self) -> str | None:
        """Our permission level; None while it is not known."""
        account = self.account.value
        return account.permission_level if account is not None else None

    @property
    def levels(self) -> tuple[PermissionLevel, ...]:
        """The permission levels, the lowest first."""
        return known_levels(self._watched.entry("levels").value)

    def level_of(self, name: str | None) -> PermissionLevel | None:
        """The level of this name; None when it is not known here."""
        return level_named(name, self.levels)

    @property
    def users(self) -> dict[str, User]:
        """The users by id, in the order of their invitation."""
        return {user.user_id: user for user in self.entry.value or ()}

    @property
    def settable(self) -> Users:
        """What can be set of each user."""
        return users_as_set(self.entry.value or ())

    @property
    def own_id(self) -> str:
        """Which of them we are; empty when nothing tells."""
        return own_user(self._store)

    @property
    def last_administrator(self) -> str:
        """The only one who may change users now; empty when there are others."""
        return last_administrator(self.settable)

    @property
    def may_see(self) -> bool:
        """Whether the users may be seen; yes while nothing says otherwise."""
        refused = isinstance(self.entry.error, Forbidden)
        return not refused and may_see_users(self.level, self.levels)

    @property
    def error(self) -> SimtuiError | None:
        """What failed; that users are not for our eyes is no failure."""
        error = self.entry.error or self.account.error
        return None if isinstance(error, Forbidden) else error

    @property
    def loading(self) -> bool:
        """Whether any of it is on its way."""
        return self.entry.loading or self._watched.loading

    def _account_came(self) -> None:
        """Ask for the users once it is known whether we may, or that nobody tells."""
        account = self.account
        is_told = account.value is not None or account.error is not None
        if not self.may_see:
            self._close_users()
        elif self._watch is None and is_told:
            self._watch = self._store.watch(UsersQuery(), self._users_came)
        self._on_change()

    def _users_came(self, entry: Entry[tuple[User, ...]]) -> None:
        self.entry = entry
        self._on_change()

    def _close_users(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None
