"""What a write would do before it is done: which Things change, which do not, and why.

``action_words`` reads what was asked, ``selection`` and ``pasted`` say of whom, ``make``
makes the ``plan`` of both; one ``judge_*`` module an action knows its rules.
"""
