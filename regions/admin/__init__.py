"""Staff pages of the register: the tree to browse and search, names to mend, codes and successions to read."""

from regions.admin.districts import DistrictAdmin
from regions.admin.municipalities import MunicipalityAdmin
from regions.admin.oblasts import LoadedFileAdmin, OblastAdmin, PostAdmin

__all__ = ["DistrictAdmin", "LoadedFileAdmin", "MunicipalityAdmin", "OblastAdmin", "PostAdmin"]
