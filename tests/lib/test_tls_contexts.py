"""The TLS contexts of outgoing connections."""

import ssl

import pytest

from portal.lib import tls_contexts
from tests.factories.certificates import Authority

AUTHORITY = Authority()


def test_a_context_verifies_and_is_kept() -> None:
    made = tls_contexts.context(authorities=AUTHORITY.certificate)
    assert (made.check_hostname, made.verify_mode) == (True, ssl.CERT_REQUIRED)
    assert tls_contexts.context(authorities=AUTHORITY.certificate) is made


def test_verification_can_be_left_out() -> None:
    assert tls_contexts.context(verify=False).verify_mode == ssl.CERT_NONE


@pytest.mark.parametrize("text", ["nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"])
def test_authorities_are_certificates(text: str) -> None:
    with pytest.raises(ValueError, match="no certificates in PEM form"):
        tls_contexts.context(authorities=text)


def test_a_client_shows_a_pair() -> None:
    pair = AUTHORITY.issue("client")
    assert tls_contexts.context(certificate=pair.certificate, key=pair.key).verify_mode == ssl.CERT_REQUIRED


def test_certificate_and_key_belong_together() -> None:
    certificate, key = AUTHORITY.issue("client").certificate, AUTHORITY.issue("other").key
    with pytest.raises(ValueError, match="no pair"):
        tls_contexts.context(certificate=certificate, key=key)
