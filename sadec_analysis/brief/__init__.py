"""The brief: what leaders read, as blocks, and its exporters."""
