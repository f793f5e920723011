"""The promises about everything that people read."""
