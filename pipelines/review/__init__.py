"""What reviewers decide of criteria: read from a corrected report, kept, and put in force."""
