"""Who is asking: the address of the visitor, behind proxies that are named and no others."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that talks to the outermost trusted proxy, or to the portal itself.

    `X-Forwarded-For` is believed from right to left and only as long as the speaker is in `TRUSTED_PROXIES`, so nobody
    else can choose the address under which attempts are counted.
    """
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    address = str(request.META.get("REMOTE_ADDR", ""))
    while forwarded and address in settings.TRUSTED_PROXIES and _is_address(forwarded[-1]):
        address = forwarded.pop()
    return address


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
