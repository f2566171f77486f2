"""A place to paste ICCIDs into; what is no Thing of the account is told line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea

from simtui.ui.screens.dialog import Dialog
from simtui.views.amounts import count_text
from simtui.views.detail.layout import wrap
from simtui.views.plan.pasted import Pasted, PastedProblem
from simtui.views.plan.wording import plural, things_text
from simtui.views.text import cell_width, fit

MOST_PROBLEMS = 200
"""Lines of problems that are told; nobody corrects more at a time."""

_TEXT_WIDTH = 24
"""Cells for what was pasted, with a gap: an ICCID has at most 20 digits."""
_LEAST_REASON = 24


class PasteDialog(Dialog[None]):
    """Reads what was pasted with ``read``; ``taken`` hears when it is to be used.

    As long as a line is not understood nothing goes on, unless the person says so.
    """

    AUTO_FOCUS = "TextArea"
    BINDINGS = [
        Binding("ctrl+s", "use", show=False, priority=True),
        Binding("ctrl+g", "use_without", show=False, priority=True),
        Binding("escape", "dismiss", show=False, priority=True),
    ]

    def __init__(
        self,
        read: Callable[[str], Pasted],
        taken: Callable[[Pasted], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__("Paste ICCIDs", "ctrl+s use them · esc back")
        self._read = read
        self._taken = taken
        self._back = back
        self._told: Pasted | None = None
        self._done = False

    def compose_body(self) -> ComposeResult:
        """The text over what is wrong with it."""
        area = TextArea(soft_wrap=False, show_line_numbers=True, compact=True)
        area.cursor_blink = False
        yield area
        yield Static(id="paste-verdict")
        with VerticalScroll(id="paste-problems", can_focus=False):
            yield Static(id="paste-list")

    def on_mount(self) -> None:
        """Say how it goes."""
        self._tell(Content.styled("One a line, or with commas between.", "$text-muted"), ())

    def action_use(self) -> None:
        """Use them all, or say which ones cannot be."""
        pasted = self._read(self.query_one(TextArea).text)
        if pasted.problems:
            self._told = pasted
            self._tell(_verdict(pasted), pasted.problems)
        elif not pasted.selection.things:
            self._tell(Content.styled("✗ There is no ICCID in it.", "$text-error"), ())
        else:
            self._take(pasted)

    def action_use_without(self) -> None:
        """Go on without those that were told to be wrong."""
        if self._told is not None and self._told.selection.things:
            self._take(self._told)

    async def action_dismiss(self, result: None = None) -> None:
        """Back to where it was asked from."""
        if not self._done:
            self._done = True
            self._back()

    @on(TextArea.Changed)
    def _edited(self) -> None:
        """What was told is about another text now, so that it cannot be gone on with."""
        self._told = None

    def _take(self, pasted: Pasted) -> None:
        if not self._done:
            self._done = True
            self._taken(pasted)

    def _tell(self, verdict: Content, problems: Sequence[PastedProblem]) -> None:
        self.query_one("#paste-verdict", Static).update(verdict)
        told = problems[:MOST_PROBLEMS]
        listed = list(_lines(told, self.query_one(".dialog").content_size.width - 1))
        if more := len(problems) - len(told):
            listed.append(Content(f"… and {count_text(more)} more"))
        self.query_one("#paste-list", Static).update(Content("\n").join(listed))
        self.query_one("#paste-problems").display = bool(problems)


def _verdict(pasted: Pasted) -> Content:
    wrong, found = len(pasted.problems), len(pasted.selection.things)
    said = f"✗ {count_text(wrong)} {plural(wrong, 'is', 'are')} no Thing of this account"
    if not found:
        return Content.styled(f"{said}, and no other is there.", "$text-error")
    go_on = f" ctrl+g: go on without, with {things_text(found)}."
    return Content.assemble((f"{said}.", "$text-error"), (go_on, "$text-warning"))


def _lines(problems: Sequence[PastedProblem], width: int) -> Iterator[Content]:
    """The reasons in a column of their own, below what was pasted where that is too narrow."""
    heads = [f"line {count_text(problem.line)}  " for problem in problems]
    first = max(map(len, heads), default=0)
    second = min(max((cell_width(one.text) for one in problems), default=0) + 2, _TEXT_WIDTH)
    beside = width - first - second >= _LEAST_REASON
    indent = " " * (first + second if beside else first)
    for head, problem in zip(heads, problems, strict=True):
        place = (f"{head:<{first}}", "$text-muted")
        text = (fit(problem.text, second - 2) + "  ", "bold")
        reason = wrap(problem.reason, max(width - len(indent), 1))
        if beside:
            yield Content.assemble(place, text, *reason[:1])
        else:
            yield Content.assemble(place, text).rstrip()
        yield from (Content(indent + part) for part in reason[1 if beside else 0 :])
