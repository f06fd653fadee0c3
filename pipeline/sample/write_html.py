"""Pages as web sites publish them: a frame of links around the report."""

from __future__ import annotations

from html import escape

from pipeline.sample.layout import Block, Page, Para

_STYLE = "table.report{border-collapse:collapse}table.report td{border:1px solid #333;padding:4px}"
_LINKS = ("首页", "政务公开", "政务服务", "互动交流")


def write_html(page: Page) -> bytes:
    """The page in UTF-8, or in GB18030 for the oddity `gb18030`."""
    charset = "gb2312" if "gb18030" in page.oddities else "utf-8"
    body = "\n".join(_block(block, page.oddities) for block in page.blocks)
    links = " | ".join(f'<a href="#">{link}</a>' for link in _LINKS)
    if "layout_tables" in page.oddities:  # the whole report in a cell of the site's own table
        body = (
            f'<table width="100%"><tr><td colspan="2">{links}</td></tr>\n<tr><td width="180">'
            "<table><tr><td>通知公告</td></tr><tr><td>年度报告</td></tr></table>"
            f"</td>\n<td>{body}</td></tr></table>"
        )
    else:
        body = f'<div class="nav">{links}</div>\n<div class="article">\n{body}\n</div>'
    text = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="{charset}">\n'
        f"<title>{escape(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n<div>打印本页 关闭窗口</div>\n</body>\n</html>\n"
    )
    return text.encode("gb18030" if charset == "gb2312" else charset)


def _block(block: Block, oddities: tuple[str, ...]) -> str:
    if isinstance(block, Para):
        text = escape(block.text, quote=False)
        if block.style == "title":
            return f'<h1 style="text-align:center">{text}</h1>'
        text = f"<strong>{text}</strong>" if block.style == "heading" else f"　　{text}"
        return f"<p>{text}</p>"
    lines = ['<table class="report">', "<tbody>"]
    for row in block.rows:
        cells = ""
        for box in row:
            spans = f' colspan="{box.colspan}"' if box.colspan > 1 else ""
            spans += f' rowspan="{box.rowspan}"' if box.rowspan > 1 else ""
            text = escape(box.text, quote=False).replace("\n", "<br />")
            blank = "&nbsp;" if "nbsp" in oddities else ""
            cells += f"<td{spans}><p>{text or blank}</p></td>"
        lines.append(f"<tr>{cells}</tr>")
    return "\n".join([*lines, "</tbody>", "</table>"])
