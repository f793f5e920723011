"""The incident report: what is known, what to ask next, what is sent, how a conversation ended.

All of it is pure: a draft is a plain dict (docs/seams.md section 5), every function that changes
one returns a new one, `now` is a parameter.
"""
