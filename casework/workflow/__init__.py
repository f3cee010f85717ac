"""The acts about cases, their parts and proceedings."""
