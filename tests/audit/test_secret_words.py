"""What looks like a secret is told with its place and without its value; made-up keys are put together."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from audit.secret_words import project_files, secrets_in, secrets_of

# In two parts, so that this file holds none of them.
RANDOM = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"
SECRETS = {
    "private key": "-----BEGIN " + "RSA PRIVATE KEY-----",
    "AWS access key": "AKI" + "AIOSFODNN7EXAMPLE",
    "GitHub token": "gh" + f"p_{RANDOM}",
    "GitLab token": "glpa" + "t-aB3dE6gH9jK2mN5pQ8sT",
    "Slack token": "xox" + "b-123456789012-aB3dE6gH9jK2",
    "address of a webhook": "https://hooks.slack." + "com/services/T00000000/B00000000/aB3dE6gH9jK2mN5p",
    "Google API key": "AIz" + f"a{RANDOM[:35]}",
    "Stripe key": "sk_liv" + f"e_{RANDOM[:24]}",
    "PyPI token": "pypi-AgEIcHl" + f"waS5vcmc{RANDOM}{RANDOM[:8]}",
    "npm token": "np" + f"m_{RANDOM}",
    "JSON web token": "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiJhZG1pbiJ9.c2lnbmF0dXJlMTIz",
    "password in an address": "postgresql://airflow:" + "Hoa-Sen-1@metadata/airflow",
    "value of a secret": "AIRFLOW_JWT_SECRE" + f"T={RANDOM}",
}


@pytest.mark.parametrize("kind", SECRETS)
def test_each_form_is_told_with_its_line(kind: str) -> None:
    assert list(secrets_of(f"một\nhai\nx = '{SECRETS[kind]}'\nba")) == [(3, kind)]


@pytest.mark.parametrize(
    "harmless",
    [
        "POSTGRES_PASSWORD=",
        "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD in .env}",
        "AIRFLOW__API_AUTH__JWT_SECRET = kept_secret(home / 'jwt_secret')",
        "password=os.environ['SOTINH_TEST_PASSWORD_2'],",
        "smtp://user:password@mail.example:587/",
        "postgresql+psycopg2://airflow:${POSTGRES_PASSWORD}@metadata/airflow",
        "token: một_tên_dài_mà_không_phải_bí_mật",
        "https://hooks.slack.com/services/…",
    ],
)
def test_names_and_places_of_secrets_are_none(harmless: str) -> None:
    assert list(secrets_of(harmless)) == []


def test_what_git_has_is_looked_through_and_the_value_is_not_told(tmp_path: Path) -> None:
    secret = SECRETS["value of a secret"]
    (tmp_path / "settings.yml").write_text(f"a: 1\n{secret}\n", "utf-8")
    (tmp_path / ".env").write_text("EMPTY=\n", "utf-8")
    (tmp_path / "not_added.txt").write_text(secret, "utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "-f", "settings.yml", ".env"], cwd=tmp_path, check=True)
    told = [str(one) for one in secrets_in(project_files(tmp_path), tmp_path)]
    assert told == [
        "secret: .env: such a file is no part of the project; add it to .gitignore",
        "secret: settings.yml:2: looks like a secret (value of a secret)",
    ]
    assert not any(RANDOM in one for one in told)


def test_without_git_all_files_are_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "none"))
    (tmp_path / "settings.yml").write_text(SECRETS["npm token"], "utf-8")
    assert len(list(secrets_in(project_files(tmp_path), tmp_path))) == 1
