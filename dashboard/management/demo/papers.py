"""The files of the demonstration's dossiers: one small real PDF for each component."""

from django.utils.html import format_html

from campaigns.models import Component
from core.documents import pdf

PAGE = """<!doctype html><html lang="vi"><head><title>{name}</title>
<link rel="stylesheet" href="paper:paper.css"></head><body>
<h1 class="kind">{name}</h1>
<p>Bản trình diễn: tệp này thay cho văn bản thật của đơn vị, để xem một hồ sơ đủ thành phần.</p>
<p>Tài liệu thật do đơn vị ký, đóng dấu và tải lên.</p></body></html>"""


def sheets(components: list[Component]) -> dict[str, bytes]:
    """{code of the component: a PDF}; printed once and used by every dossier."""
    return {c.code: pdf.print_html(format_html(PAGE, name=c.name.upper())) for c in components}
