"""Office documents: what every Word file of the suite needs, whatever it says."""
