"""Names from before the platform checked them: what a client must be able to show.

The API refuses some of these today (contract §9); older Things still carry them.
"""

from __future__ import annotations

ODD_NAMES: tuple[str, ...] = (
    "",
    "[/nope] pump",
    "[bold red]meter[/bold red] 4",
    "\u202egnp.exe-\u202cpump",
    "泵站-十二号",
    "ポンプ場 7",
    "🚰 pump 🔧",
    "👩‍🔧 Zoë's valve",
    "מד מים 9",
    "عداد-٧",
    "zero\u200bwidth\ufeffname",
    "Z̴̡̢̛͎͚̝̋a̶͉͊l̷̨̛͓g̸̱͘o̵̰͝ gateway",
    "W" * 64,
    "very-long-name-of-a-pump-behind-the-second-dike-near-Lelystad-12",
    '"; DROP TABLE things; --',
    "  spaced  out  ",
    '=HYPERLINK("http://192.0.2.1")',
    "col\tumn",
    "bell\x07 and \x1b]0;title\x07 escape",
)
