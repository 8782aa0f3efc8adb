"""``python -m kit``: see :mod:`kit.authoring.cli`."""

import sys

from kit.authoring.cli import main

sys.exit(main())
