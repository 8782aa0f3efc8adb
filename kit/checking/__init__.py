"""What is wrong with a case beyond the types and names that `kit.case_tables` describes: rules that tie values together.

Each module has ``hold``, which is given the typed content of a file and ``tell(path, what, remedy)`` for what breaks a rule.
`kit.checking.whole_case` asks here, file by file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Tell = Callable[[tuple[Any, ...], str, str], None]
