"""Commands for trainers: fit, check, evaluate."""
