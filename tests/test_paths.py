"""Data come from the checkout where there is one, else from the installed package."""

from __future__ import annotations

from pathlib import Path

import pytest

from kemkoll import paths
from kemkoll.errors import ConfigError


def test_the_checkout_goes_before_the_installed_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "kemkoll"
    (package / "_data" / "reports").mkdir(parents=True)
    (tmp_path / "reports").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.data("reports") == package / "_data" / "reports"
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "other"\n')
    assert paths.data("reports") == package / "_data" / "reports"
    (tmp_path / "pyproject.toml").write_text("[project\n")
    assert paths.data("reports") == package / "_data" / "reports"
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "kemkoll"\n')
    assert paths.data("reports") == tmp_path / "reports"
    with pytest.raises(ConfigError, match="substance_lists is missing"):
        paths.data("substance_lists")


def test_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEMKOLL_HOME", str(tmp_path))
    assert paths.home() == tmp_path
    monkeypatch.delenv("KEMKOLL_HOME")
    assert paths.home().name == "kemkoll"
