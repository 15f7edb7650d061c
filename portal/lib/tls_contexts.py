"""TLS contexts of outgoing connections. Making one reads all trusted certificates, so they are kept and shared."""

import ssl
import tempfile
from functools import lru_cache
from pathlib import Path

from portal.lib.stopwatches import TimedContext

KEPT = 128


@lru_cache(maxsize=KEPT)
def context(*, verify: bool = True, authorities: str = "", certificate: str = "", key: str = "") -> ssl.SSLContext:
    """A client's context: `authorities` (PEM) replace the system's, `certificate` and `key` (PEM) are shown to servers.

    Without `verify` neither chain nor host name is checked. ValueError says which of the texts is no PEM of its kind.
    """
    made = TimedContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.set_alpn_protocols(["http/1.1"])
    if not verify:
        made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    elif authorities:
        _trust(made, authorities)
    else:
        made.load_default_certs()
    if certificate:
        _show(made, certificate, key)
    return made


def _trust(made: ssl.SSLContext, authorities: str) -> None:
    try:
        made.load_verify_locations(cadata=authorities)
    except (ssl.SSLError, ValueError) as error:
        raise ValueError("These are no certificates in PEM form.") from error


def _show(made: ssl.SSLContext, certificate: str, key: str) -> None:
    """OpenSSL takes a client's key from files only: they live for a moment, readable by the portal alone."""
    with tempfile.TemporaryDirectory() as folder:
        chain, secret = Path(folder) / "certificate.pem", Path(folder) / "key.pem"
        chain.write_text(certificate)
        secret.touch(mode=0o600)
        secret.write_text(key)
        try:
            made.load_cert_chain(chain, secret, password="")
        except (ssl.SSLError, OSError, ValueError) as error:
            raise ValueError("Certificate and key are no pair in PEM form, without a passphrase.") from error
