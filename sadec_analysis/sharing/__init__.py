"""Sharing: what all months' outputs say at a glance, and a month as one file to send."""
