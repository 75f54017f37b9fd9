"""Report files, whatever their form, as sections of lines and tables."""
