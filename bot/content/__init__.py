"""Everything that people read, and the rules for reading and checking it.

The YAML files of `data/content` are the product; this package validates them, gives typed access
to them, and holds the guard against numbers that nobody has verified. It imports nothing of ours.
"""
