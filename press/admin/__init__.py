from press.admin.mailings import MailingAdmin
from press.admin.media import JournalistAdmin, OutletAdmin
from press.admin.releases import ReleaseAdmin
from press.admin.texts import ReleaseTextAdmin

__all__ = ["JournalistAdmin", "MailingAdmin", "OutletAdmin", "ReleaseAdmin", "ReleaseTextAdmin"]
