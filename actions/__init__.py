"""What the bot does in a turn: one class per action, one module per goal. Pure.

No database, no Redis: an action gets the draft in a slot and returns events, so that doing it
twice is harmless (design decision 3).
"""
