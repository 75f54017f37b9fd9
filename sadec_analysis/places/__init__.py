"""Places: the units an office reports on, their codes, spellings and letterhead."""

from sadec_analysis.places.loading import (
    DEFAULT_PLACE,
    FOLDER,
    is_valid_in,
    load_place,
    place_names,
    require_valid_in,
)
from sadec_analysis.places.place import (
    SOURCE_KINDS,
    DossierLists,
    Letterhead,
    Level,
    Place,
    SourceKind,
    Unit,
    with_others,
)

__all__ = [
    "DEFAULT_PLACE", "FOLDER", "SOURCE_KINDS", "DossierLists", "Letterhead", "Level", "Place", "SourceKind", "Unit", "is_valid_in",
    "load_place", "place_names", "require_valid_in", "with_others",
]  # fmt: skip
