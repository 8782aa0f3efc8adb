"""``python -m kit``: see :mod:`kit.authoring.cli`."""

import sys
import warnings

from kit.authoring.cli import main
from kit.errors import printable

# What a case leaves out is told to its author, without the line of ours at which that was found.
warnings.formatwarning = lambda message, *_args, **_more: f"{printable(str(message))}\n"

sys.exit(main())
