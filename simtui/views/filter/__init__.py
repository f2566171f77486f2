"""The filter language: one for the lists, the shell, bulk targets and saved views.

``parser.parse`` reads it, ``evaluate.compile_filter`` runs it, ``complete.complete``
helps to type it; ``fields.FIELDS`` is the table of what it knows.
"""
