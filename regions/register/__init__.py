"""The register as a whole: reading its data files and planning what a load would change."""

from django.utils.translation import gettext_lazy as _

# Pages that count or list municipalities say so (docs/data.md tells what is missing).
INCOMPLETE = _(
    "The register is incomplete after the territorial reform of 2024: some aiyl aimaks listed here have merged since, "
    "and the sources do not say which."
)
