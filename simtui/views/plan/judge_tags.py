"""What an action about tags does to the tags of a Thing (contract §3.1)."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TypeAlias

from simtui.models.action import AddTags, RemoveTags, RenameTag, SetTags
from simtui.models.effect import tags_after
from simtui.views.plan.checked_text import TAGS_PER_THING
from simtui.views.plan.field_texts import tags_text
from simtui.views.plan.verdict import Already, Changes, Facts, Forbidden, Judge, Verdict
from simtui.views.plan.wording import named, plural

TagAction: TypeAlias = SetTags | AddTags | RemoveTags | RenameTag


def judge_tags(action: TagAction, facts: Facts) -> Judge:
    """Tags are unique ignoring case, and a Thing has at most 20 of them."""

    @cache  # in a large fleet the same few sets of tags come again and again
    def verdict(tags: tuple[str, ...]) -> Verdict:
        after = tags_after(action, tags)
        if set(after) == set(tags):
            return Already(_already(action))
        if len(after) > TAGS_PER_THING and len(after) > len(tags):
            return Forbidden(
                f"has {len(tags)} tags and would have {len(after)}; "
                f"{TAGS_PER_THING} are allowed: remove some first"
            )
        if facts.several and _has_no_room_for_both(action, tags):
            return Forbidden(
                f"has {len(tags)} tags, no room for the new one before the old one goes: "
                "rename it on this Thing alone"
            )
        return Changes(tags_text(tags), tags_text(after), _note(action, tags))

    return lambda thing: verdict(thing.tags)


def _already(action: TagAction) -> str:
    if isinstance(action, AddTags):
        return f"has {_the_tags(action.tags)} already"
    if isinstance(action, RemoveTags):
        return f"does not have {_the_tags(action.tags)}"
    if isinstance(action, RenameTag):
        return f"does not have the tag {named(action.old)}"
    return "has exactly these tags already"


def _the_tags(tags: Collection[str]) -> str:
    return f"the {plural(len(tags), 'tag', 'tags')} {tags_text(tags)}"


def _has_no_room_for_both(action: TagAction, tags: tuple[str, ...]) -> bool:
    """Whether a rename by bulk actions, which adds before it removes, has one tag too many."""
    if not isinstance(action, RenameTag):
        return False
    return len(tags_after(AddTags((action.new,)), tags)) > TAGS_PER_THING


def _note(action: TagAction, tags: tuple[str, ...]) -> str:
    if not isinstance(action, RenameTag) or action.old.casefold() == action.new.casefold():
        return ""
    has_new = action.new.casefold() in {tag.casefold() for tag in tags}
    return f"has {named(action.new)} already, so {named(action.old)} only goes" if has_new else ""
