"""Running: notebooks through papermill, months into outputs; the only room that writes outputs."""
