"""What is wrong with each file of a case beyond its quotes and codes; `kit.check_case` asks here, file by file.

Each module has ``problems``, which takes a document as read (`kit.files.Document`) and the case, and finds everything at once:
missing names, names that mean nothing, numbers out of range.
"""
