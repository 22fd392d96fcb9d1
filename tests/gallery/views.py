"""Pages of the gallery. They are rendered from files here, so nothing of it ships."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.forms import formset_factory
from django.http import HttpResponse
from django.template import engines
from django.templatetags.static import static

from core.clock import clock
from core.ui.forms import PortalForm
from tests.gallery import samples
from tests.gallery.forms import EveryField, Paper
from tests.gallery.tables import DossierTable

HERE = Path(__file__).parent


def page(request, name, **context):
    template = engines["django"].from_string((HERE / f"{name}.html").read_text())
    return HttpResponse(template.render(context, request))


def table(request, rows):
    shown = DossierTable(rows, request=request)
    shown.turn_to(request, 3)
    return shown


@login_not_required
def gallery(request):
    form = EveryField(request.POST or None) if request.method == "POST" else EveryField()
    return page(
        request,
        "gallery",
        page_title="Mọi thành phần",
        crumbs=[("Việc của tôi", "/"), ("Hồ sơ", "/gallery/"), ("KH207-0148", None)],
        form=form,
        dossier=samples.DOSSIERS[2],
        dossiers=samples.DOSSIERS,
        findings=samples.FINDINGS,
        offers=samples.OFFERS,
        history=samples.HISTORY,
        document=samples.DOCUMENT,
        table=table(request, samples.DOSSIERS),
        today=clock.today(),
        **FIGURES,
    )


@login_not_required
def work(request):
    return page(request, "work", offers=samples.OFFERS, dossier=samples.DOSSIERS[1])


@login_not_required
def empty(request):
    return page(
        request,
        "empty",
        page_title="Chưa có gì",
        table=table(request, []),
        form=PortalForm(),
        nothing=[],
        zero=[("Đã đăng ký", 0, "")],
    )


@login_not_required
def faulty(request):
    """A page with faults that the checks must find, or they prove nothing."""
    return HttpResponse(
        "<!doctype html><html><head></head><body><h1>Faulty</h1>"
        f"<img src='{static('img/mark.svg')}' width='900'><input type='text'>"
        "<script>1</script></body></html>"
    )


@login_not_required
def rows(request):
    kept = [{"kept": place} for place in request.GET.get("kept", "")]
    make = formset_factory(Paper, extra=0 if kept else 2, can_delete=True)
    papers = make(prefix="paper", initial=kept)
    return page(
        request,
        "rows",
        page_title="Thành phần hồ sơ",
        papers=papers,
        seen=request.GET.get("seen", ""),
    )


@login_not_required
def autosave(request):
    saved = request.session.setdefault("typed", [])
    if request.method == "POST":
        request.session["typed"] = [*saved, request.POST.get("report", "")]
        return HttpResponse(status=204)
    return page(request, "autosave", page_title="Soạn báo cáo", form=EveryField())


FIGURES = {
    "counts": [(2, "Đang soạn", "#"), (1, "Trả lại bổ sung", "#"), (5, "Nơi khác xử lý", "#")],
    "phases": [
        ("Phát động", "07/06/2022", "done"),
        ("Nộp hồ sơ và báo cáo tổng kết", "đến 10/12/2025, còn 7 ngày làm việc", "now"),
        ("Họp Hội đồng", "18/12/2025", ""),
    ],
    "facts": [
        ("Bằng khen", "không quá 20 tập thể, 30 cá nhân toàn tỉnh"),
        ("Nộp về", "Sở Khoa học và Công nghệ (cơ quan thường trực)"),
        ("Thư công vụ", "truc.nguyenthithanh.ubndphuongcaolanh@dongthap.gov.vn"),
        ("Trống", ""),
    ],
    "rail": [
        {"title": "Thông tin chung", "url": "#a", "tone": "ok", "text": "Đủ"},
        {"title": "Tờ trình", "url": "#b", "tone": "warn", "text": "Nên xem lại: tên tập thể"},
        {
            "title": "Biên bản họp Hội đồng",
            "url": "#c",
            "tone": "err",
            "text": "Thiếu số phiếu",
            "current": True,
        },
    ],
    "pills": [
        {"label": "Tất cả", "url": "#", "count": 45},
        {"label": "Quá hạn", "url": "#", "count": 2, "on": True},
        {"label": "Cụm thi đua: Cụm 3", "remove": "?"},
    ],
    "uploads": [
        {
            "name": "Bao-cao-thanh-tich-Le-Minh-Tam.pdf",
            "media_type": "application/pdf",
            "size": 1887436,
            "url": "#",
            "remove": "#",
        },
        {
            "name": "Anh-hoat-dong.zip",
            "media_type": "application/zip",
            "tone": "err",
            "note": "Chưa nhận: tệp 46 MB, vượt mức 20 MB. Hãy nén thành PDF",
        },
    ],
    "reasons": [
        "Biên bản họp Hội đồng chưa ghi số phiếu tán thành của 2 cá nhân.",
        "Báo cáo thành tích của ông Lê Minh Tâm chưa có xác nhận của cấp trình.",
    ],
    "brief": [
        "Đã có 96 trên 142 đơn vị nộp hồ sơ, nhanh hơn cùng kỳ đợt 2023 là 11 đơn vị.",
        "Hai hồ sơ đang quá hạn thẩm định, đều ở Sở Nội vụ, lâu nhất 1 ngày làm việc.",
    ],
    "funnel": [
        ("Đã đăng ký", 142, "#"),
        ("Đã nộp", 96, "#"),
        ("Đã thẩm định", 45, "#"),
        ("Đã ký quyết định", 0, ""),
    ],
    "days": ["03/11", "12/11", "21/11", "02/12", "10/12"],
    "lines": [("Năm 2025", [4, 22, 54, 96, None]), ("Đợt 2023", [3, 18, 47, 85, 124])],
    "blocks": [
        "Cụm 1",
        "Khối sở, ngành",
        "Cụm 5",
        "Mặt trận, đoàn thể",
        "Doanh nghiệp",
        "Đơn vị sự nghiệp",
        "Lực lượng vũ trang",
        "Cơ quan Trung ương trên địa bàn",
    ],
    "shares": [("Đã nộp (%)", [81, 79, 41, 33, 20, 12, 5, 0])],
    "counted": [
        ("Đã nộp", [13, 11, 7, 4, 2, 1, 1, 0], ["#"] * 8),
        ("Đã đăng ký", [16, 14, 17, 12, 10, 8, 20, 2], ["#"] * 8),
    ],
}
