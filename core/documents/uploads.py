"""How an upload reaches the disk: no further than the limit, and without failing the request.

A file that is too large or that finds the disk full still arrives at its form field, which
says so in words while the rest of the form is kept.
"""

import errno
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class UploadHandler(TemporaryFileUploadHandler):
    """Named in FILE_UPLOAD_HANDLERS."""

    file: Any
    disk_full = False

    def new_file(self, *args, **kwargs):
        self.disk_full = False
        try:
            super().new_file(*args, **kwargs)
        except OSError as fault:
            self._note(fault)
            self.file = UploadedFile(None, self.file_name, self.content_type, 0, self.charset)

    def receive_data_chunk(self, raw_data, start):
        if not self.disk_full and start <= settings.UPLOAD_MOST:
            try:
                self.file.write(raw_data)
            except OSError as fault:
                self._note(fault)

    def file_complete(self, file_size):
        self.file.disk_full = self.disk_full
        self.file.size = file_size
        if self.file.file is not None:
            self.file.seek(0)
        return self.file

    def upload_interrupted(self):
        if getattr(self, "file", None) is not None and self.file.file is not None:
            super().upload_interrupted()

    def _note(self, fault):
        if fault.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise fault
        self.disk_full = True
