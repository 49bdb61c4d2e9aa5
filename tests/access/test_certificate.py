"""Certificates as administrators leave them: right, wrong, and changed while the service runs."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from appliance.access.certificate import Certificate, load, problem, validity
from appliance.errors import SettingsError
from tests.fakes.certificates import make_certificate

pytestmark = pytest.mark.unit

NOON_S = 1_767_182_400.0
"""2025-12-31 12:00 UTC."""


def test_the_dates_of_a_certificate_are_read(tmp_path: Path) -> None:
    made = make_certificate(tmp_path, begins="20251231120000Z", ends="20600101000000Z")
    assert validity(made.certificate) == (NOON_S, 2_840_140_800.0)


@pytest.mark.parametrize(
    ("after_days", "told"),
    [
        (-2, "not valid before 2025-12-31"),
        (1, ""),
        (80, "expires on 2026-03-31; renew it"),
        (91, "expired on 2026-03-31: clients refuse it; renew it"),
    ],
)
def test_a_certificate_outside_its_time_is_told(
    tmp_path: Path, after_days: float, told: str
) -> None:
    made = make_certificate(tmp_path, begins="20251231120000Z", ends="20260331120000Z")
    found = problem(made.certificate, NOON_S + after_days * 86_400)
    assert told in found
    assert bool(told) is bool(found)


def test_files_that_do_not_do_are_one_line_with_the_mend(tmp_path: Path) -> None:
    made, other = make_certificate(tmp_path / "a"), make_certificate(tmp_path / "b")
    locked = make_certificate(tmp_path / "c", passphrase="hush hush")
    text = tmp_path / "text.pem"
    text.write_text("no certificate")
    for certificate, key, told in (
        (tmp_path / "none.pem", made.key, "none.pem: cannot be read: No such file"),
        (made.certificate, tmp_path / "none.key", "none.key: cannot be read: No such file"),
        (made.certificate, other.key, "the key of another certificate"),
        (made.certificate, text, "no certificate and key in PEM"),
        (text, made.key, "no certificate and key in PEM"),
        (made.certificate, None, "no certificate and key in PEM"),
        (locked.certificate, locked.key, "the key has a passphrase; write it without"),
    ):
        with pytest.raises(SettingsError) as caught:
            load(certificate, key)
        assert told in caught.value.message
        assert "\n" not in caught.value.message


def test_a_key_may_stand_in_the_certificates_file(tmp_path: Path) -> None:
    made = make_certificate(tmp_path)
    both = tmp_path / "both.pem"
    both.write_bytes(made.key.read_bytes() + made.certificate.read_bytes())
    assert load(both, None)
    assert problem(both) == ""


def test_an_expired_one_is_served_and_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = make_certificate(tmp_path, ends="20210101000000Z")
    certificate = Certificate(made.certificate, made.key)
    certificate.look()
    assert [record.getMessage() for record in caplog.records] == [
        f"{made.certificate}: expired on 2021-01-01: clients refuse it; renew it"
    ]


def test_a_change_that_does_not_fit_is_told_once_and_mended_by_the_next(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    made, new = make_certificate(tmp_path / "a"), make_certificate(tmp_path / "b")
    certificate = Certificate(made.certificate, made.key)
    new.key.replace(made.key)
    certificate.look()
    certificate.look()
    new.certificate.replace(made.certificate)
    certificate.look()
    half, whole = (record.getMessage() for record in caplog.records)
    assert "the certificate from before stays in use" in half
    assert whole == f"{made.certificate}: read again"
