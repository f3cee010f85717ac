"""The demonstration: invented trusts, schools, people and concerns, played through the same acts as any other."""
