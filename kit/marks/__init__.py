"""Marks: found by rule (`rules`), as readers left them (`corrections`), in files (`mark_files`), worked out before (`cache`)."""
