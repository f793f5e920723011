"""What must last: transcripts, incident reports, audit and accounts, in one SQL database."""
