"""A form with every kind of field."""

from django import forms

from core.ui.forms import PortalForm


class EveryField(PortalForm):
    name = forms.CharField(label="Họ và tên", max_length=120)
    initiative = forms.CharField(
        label="Sáng kiến: số quyết định công nhận", help_text="Ví dụ: 145/QĐ-UBND ngày 12/03/2025."
    )
    report = forms.CharField(
        label="Kết quả nhiệm vụ được giao", widget=forms.Textarea, max_length=3000
    )
    remark = forms.CharField(label="Nhận xét", widget=forms.Textarea, required=False)
    points = forms.DecimalField(
        label="Điểm", localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    born_on = forms.DateField(label="Ngày sinh")
    kind = forms.ChoiceField(label="Loại", choices=[("c", "Tập thể"), ("p", "Cá nhân")])
    position = forms.ChoiceField(
        label="Chức vụ",
        widget=forms.RadioSelect,
        choices=[("l", "Lãnh đạo"), ("w", "Người lao động trực tiếp")],
        help_text="Theo quyết định mới nhất.",
    )
    contents = forms.MultipleChoiceField(
        label="Nội dung thi đua",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Chính quyền số"), ("b", "Xã hội số")],
        required=False,
    )
    agreed = forms.BooleanField(label="Tôi đã đọc và chịu trách nhiệm về nội dung")
    password = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)
    paper = forms.FileField(label="Bản ký")


class Paper(forms.Form):
    name = forms.CharField(label="Tên văn bản")
    number = forms.CharField(label="Số văn bản", required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
