"""The acts about concerns, evidence and takedowns."""
