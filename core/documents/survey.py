"""Reading a page that WeasyPrint has laid out: where each piece of text stands, and the art.

Runs in the press. It walks WeasyPrint's private box tree, so the version is pinned and
`tests/core/documents/test_stamp_geometry.py` compares the outcome with WeasyPrint's own output.
All lengths are in points with the origin at the top left corner of the page.
"""

from typing import Any

PT = 0.75  # points in a CSS pixel


def measure(document: Any) -> dict[str, Any]:
    """The geometry of the first page.

    {"page": [width, height], "blocks": [block], "zone": [top, height] or None,
    "code": [x, top, size] or None}; a block is a paragraph or heading with its runs of text,
    in reading order. Attributes `data-*` of its element come along as text in "policy".
    """
    page = document.pages[0]
    found: dict[str, Any] = {
        "page": [page.width * PT, page.height * PT],
        "blocks": [],
        "zone": None,
        "code": None,
    }
    _walk(page._page_box, [], found)
    return found


def art(document: Any) -> bytes:
    """The same page as PDF with every piece of text taken out."""
    for page in document.pages:
        _strip(page._page_box)
    return document.write_pdf()


def _strip(box: Any) -> None:
    children = [child for child in getattr(box, "children", ()) if not _is_text(child)]
    if children != list(getattr(box, "children", ())):
        box.children = children
    for child in children:
        _strip(child)


def _is_text(box: Any) -> bool:
    return type(box).__name__ == "TextBox"


def _walk(box: Any, parents: list[Any], found: dict[str, Any]) -> None:
    if _is_text(box):
        _add_run(box, parents, found["blocks"])
        return
    classes = _classes(box)
    if "zone" in classes:
        found["zone"] = [box.content_box_y() * PT, box.height * PT]
    if "code" in classes:
        found["code"] = [box.content_box_x() * PT, box.content_box_y() * PT, box.width * PT]
    for child in getattr(box, "children", ()):
        _walk(child, [*parents, box], found)


def _classes(box: Any) -> list[str]:
    element = getattr(box, "element", None)
    return element.get("class", "").split() if element is not None else []


def _add_run(box: Any, parents: list[Any], blocks: list[dict[str, Any]]) -> None:
    at = max(i for i, parent in enumerate(parents) if type(parent).__name__ == "LineBox")
    line, block = parents[at], parents[at - 1]
    if not blocks or blocks[-1]["key"] != id(block):
        blocks.append(_block(block, parents[: at - 1]))
    style = box.style
    spacing = style["letter_spacing"]
    blocks[-1]["runs"].append(
        {
            "text": box.text,
            "family": style["font_family"][0],
            "weight": int(style["font_weight"]),
            "style": style["font_style"],
            "size": style["font_size"] * PT,
            "spacing": 0 if spacing == "normal" else spacing * PT,
            "colour": [round(part, 4) for part in style["color"].coordinates],
            "x": box.position_x * PT,
            "baseline": (box.position_y + box.baseline) * PT,
            "line": line.height * PT,
        }
    )


def _block(block: Any, parents: list[Any]) -> dict[str, Any]:
    element = block.element
    policy = {name[5:]: value for name, value in element.attrib.items() if name[:5] == "data-"}
    return {
        "key": id(block),
        "name": (_classes(block) or [block.element_tag])[0],
        "tag": block.element_tag,
        "zone": any("zone" in _classes(parent) for parent in parents),
        "align": block.style["text_align_all"],
        "x": block.content_box_x() * PT,
        "top": block.content_box_y() * PT,
        "width": block.width * PT,
        "gap": block.margin_top * PT,
        "policy": policy,
        "runs": [],
    }
