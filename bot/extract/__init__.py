"""Finding details in what people type: times, places, plates, phones, people, property, money.

Everything here is British, pure, and takes `now` as a parameter. Nothing here decides anything:
it says which words hold which detail and what they stand for.
"""
