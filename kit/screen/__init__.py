"""What a learner sees: the reader, charts, a slider, the evidence panel, and the one place that escapes."""
