"""The live-chat desk: gateway, dialogue, engine, records and the tools around them."""

__version__ = "0.1.0"
