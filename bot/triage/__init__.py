"""Reading of a message: route, type, danger, cues, language; and the safety protocol."""
