"""``python -m sadec_analysis.cli``."""

from sadec_analysis.cli import main

main()
