"""Storing what comes with a practice: pictures and documents in a collection of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from qms.accounts.models import User
from qms.goodpractices.domain.draft import FileDraft, PictureDraft, PracticeDraft, Uploads

COLLECTION: Final = "Good practices"
TITLE: Final = 250


def with_uploads(draft: PracticeDraft, uploads: Uploads, *, by: User) -> PracticeDraft:
    """The draft with what was handed in behind what it had; the files are stored with it or not at all."""
    if not uploads.pictures and not uploads.files:
        return draft
    collection = practice_collection()
    pictures = tuple(
        PictureDraft(_picture(new.file, new.alternative, collection, by), new.alternative, new.caption)
        for new in uploads.pictures
    )
    files = tuple(FileDraft(_document(new.file, new.title, collection, by), new.title) for new in uploads.files)
    return replace(draft, pictures=(*draft.pictures, *pictures), files=(*draft.files, *files))


def practice_collection() -> Collection:
    """Where pictures and documents of practices lie."""
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=COLLECTION).first()
    made: Collection = found or root.add_child(name=COLLECTION)
    return made


def _picture(file: Any, title: str, collection: Collection, by: User) -> int:
    picture = get_image_model()(title=title[:TITLE], file=file, collection=collection, uploaded_by_user=by)
    picture.file_size = file.size
    picture.save()
    return int(picture.pk)


def _document(file: Any, title: str, collection: Collection, by: User) -> int:
    document = get_document_model()(title=title[:TITLE], file=file, collection=collection, uploaded_by_user=by)
    document.file_size = file.size
    document.save()
    return int(document.pk)
