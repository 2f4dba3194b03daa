import sys

from text_stats.cli import main

sys.exit(main())
