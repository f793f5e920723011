"""The gateway: all that the internet reaches (page, console, contract version 1)."""
