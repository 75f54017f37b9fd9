"""Lists of dossiers exported from the one-stop system: counted, never copied."""
