"""What a report in the office's form says: tables, sentences, and the office's own words."""
