"""The Rasa side of the desk: channel, worker, turns, staging tracker store, NLU component.

Rasa is imported here and nowhere else. `endpoints`, `model` and `intent` do not import it,
so that `livechat up` and the gateway can use them.
"""
