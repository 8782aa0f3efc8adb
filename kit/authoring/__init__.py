"""What ``python -m kit`` offers to instructors and authors, a module a command; nothing that a learner opens imports it.

Each module of a command has two functions, ``add_arguments(parser)`` and ``run(arguments) -> int``; `cli` lists them.
"""
