"""A backup of the database, to take away."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp

from fastapi import Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from kemkoll.errors import KemkollError
from kemkoll.i18n import message_text
from kemkoll.store import Store
from kemkoll.store.backup import backup
from kemkoll.web.access import Administrator
from kemkoll.web.pages import page_router

router = page_router()
_KIND = "application/vnd.sqlite3"


@router.get("/backup")
def about(visit: Administrator) -> Response:
    """What a backup is, and the button that makes one."""
    return visit.render("backup", wrong="")


@router.post("/backup")
def make(visit: Administrator) -> Response:
    """A backup as one file; it is made for this answer and kept nowhere else."""
    folder = mkdtemp(prefix="kemkoll-")
    file = Path(folder, f"kemkoll-{visit.at[:19].replace(':', '')}Z.db")
    where = visit.store.engine.url.render_as_string(hide_password=False)
    try:
        with visit.store.writing("backup", by=visit.by, at=visit.at) as change:
            change.about.update(file=file.name)
        visit.working.soon(("backup", str(file)), written, where, str(file)).result()
    except KemkollError as error:
        shutil.rmtree(folder, ignore_errors=True)
        return visit.render("backup", 503, wrong=message_text(error.message, visit._))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    gone = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(file, media_type=_KIND, filename=file.name, background=gone)


def written(where: str, file: str) -> None:
    """Write a backup into a file."""
    with Store.open(where) as store:
        backup(store, file)
