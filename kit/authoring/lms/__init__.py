"""Question banks as files of a learning management system, a module a format.

Each module has ``write(quizzes, title) -> bytes`` and ``LEFT_OUT``: by kind of question, what the format cannot carry.
"""
