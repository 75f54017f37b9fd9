"""Word files and web pages made for tests: any body, and a Markdown report as an office would keep it."""

from __future__ import annotations

import re
from html import escape
from itertools import count

import docx
from docx.oxml import parse_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:wps="{WPS}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TRACKED = 'w:id="1" w:author="VP" w:date="2022-12-05T08:00:00Z"'
# Parts I, II; sections 1, 2; subsections 1.1, 1.2: one list of three levels, as the report numbers them.
HEADINGS = [("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3.")]
HEADING = re.compile(r"(?:[IVX]+\.|\d(?:\.\d)?\.?) (?=[^\W\d])")


def elements(xml):
    return list(parse_xml(f"<w:x {SPACES}>{xml}</w:x>"))


def level(at, form, text, more=""):
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(number, *levels):
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number, of, more=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def deleted(text):
    return f"<w:del {TRACKED}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def paragraph(*runs, style="", item=None, mark=""):
    """One paragraph; ``item`` is (list, level), ``mark`` what its paragraph mark says."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if item:
        properties += f'<w:numPr><w:ilvl w:val="{item[1]}"/><w:numId w:val="{item[0]}"/></w:numPr>'
    properties += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    inside = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def cell(content, properties=""):
    inside = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows):
    """A table of rows of cells, given as text or as XML; a row may be XML itself."""
    made = (
        each
        if isinstance(each, str)
        else "<w:tr>" + "".join(one if one.startswith("<w:tc>") else cell(one) for one in each) + "</w:tr>"
        for each in rows
    )
    return f"<w:tbl><w:tblPr/>{''.join(made)}</w:tbl>"


def text_box(content):
    """A text box as Word stores it: twice, for newer and for older readers."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    size = '<wp:extent cx="3000000" cy="400000"/><wp:docPr id="7" name="box"/>'
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="400000"/>'
        f'</a:xfrm><a:prstGeom prst="rect"/></wps:spPr><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp>'
    )
    graphic = f'<a:graphic><a:graphicData uri="{WPS}">{shape}</a:graphicData></a:graphic>'
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>{size}{graphic}</wp:inline>'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def write_word(path, body, *, numbering="", styles=""):
    """Save a .docx with this body, these lists instead of the template's, and these styles beside its own."""
    document = docx.Document()
    content = document.element.body
    content.clear()
    content.extend(elements(body))
    lists = document.part.numbering_part.element
    lists.clear()
    lists.extend(elements(numbering))
    document.styles.element.extend(elements(styles))
    document.save(str(path))
    return path


def runs_of(item):
    """The text of a paragraph cut where bold starts and ends."""
    at = 0
    for start, end in item.bold:
        yield item.text[at:start], False
        yield item.text[start:end], True
        at = end
    yield item.text[at:], False


def _without(runs, length):
    for text, is_bold in runs:
        yield text[length:], is_bold
        length = max(0, length - len(text))


def report_in_word(items):
    """A report's body: numbers automatic, changes tracked, cells merged, one caption in a text box."""
    return "".join(_in_word(at, item) for at, item in enumerate(items))


def _in_word(at, item):
    if not hasattr(item, "text"):
        return table(*_merged_rows(item))
    heading, bullet = HEADING.match(item.text), re.match("- ", item.text)
    if item.text.startswith("XẾP HẠNG TỈNH"):
        return paragraph(text_box(paragraph(item.text)))
    if heading:
        depth = 0 if heading[0][0] in "IVX" else heading[0].strip(" .").count(".") + 1
        return _tracked(at, _without(runs_of(item), heading.end()), (1, depth))
    if bullet and at % 2:
        return _tracked(at, _without(runs_of(item), 2), (2, 0))
    return _tracked(at, runs_of(item), None)


def _tracked(at, runs, item):
    """A paragraph of which every third run was inserted, with deleted text, and sometimes an end taken out."""
    pieces = []
    for number, (text, is_bold) in enumerate(runs):
        piece = run(text, "<w:b/>" if is_bold else "")
        pieces.append(f"<w:ins {TRACKED}>{piece}</w:ins>" if (at + number) % 3 == 0 else piece)
        pieces.append(deleted("99,9/100 điểm"))
    if at % 5 or len(pieces) < 2:
        return paragraph(*pieces, item=item)
    joined = paragraph(*pieces[:2], mark=f"<w:del {TRACKED}/>", item=(2, 0))
    return joined + paragraph(*pieces[2:], item=item)


def _merged_rows(grid):
    """Rows with equal grades merged down, an empty last column merged across, and a row deleted."""
    yield list(grid.header)
    mark = f"<w:del {TRACKED}/>"
    gone = "".join(cell(paragraph(deleted("88,8"), mark=mark)) for _ in grid.header)
    yield f"<w:tr><w:trPr>{mark}</w:trPr>{gone}</w:tr>"
    down = grid.header[-1] == "Xếp loại"
    for at, row in enumerate(grid.rows):
        *most, last = row
        if down:
            restart = '<w:vMerge w:val="restart"/>' if not at else "<w:vMerge/>"
            yield [*most, cell("" if at else last, restart)]
        elif not last:
            yield [*most[:-1], cell(most[-1], '<w:gridSpan w:val="2"/>')]
        else:
            yield list(row)


def report_lists():
    three = [level(at, form, text) for at, (form, text) in enumerate(HEADINGS)]
    return abstract(0, *three) + abstract(1, level(0, "bullet", "-")) + num(1, 0) + num(2, 1)


def report_in_html(items):
    """A report as a web page of Word: numbers in conditional comments, cells merged."""
    numbers = count(1)
    inside = "\n".join(_in_html(item, next(numbers)) for item in items)
    head = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>99,9/100 điểm</title>'
    return f"<!DOCTYPE html><html><head>{head}<style>p {{ margin: 0 }}</style></head><body lang=VI>{inside}</body></html>"


def _in_html(item, number):
    if not hasattr(item, "text"):
        rows = "".join(f"<tr>{row}</tr>" for row in _html_rows(item))
        return f"<table border=1><tbody>{rows}</tbody></table>"
    lead = HEADING.match(item.text) or re.match("- ", item.text)
    cut = lead.end() if lead else 0
    bold = "<b>{}</b>" if number % 2 else "<span style='font-size:14pt;font-weight:700'>{}</span>"
    inside = "".join(
        bold.format(escape(text)) if is_bold else escape(text)
        for text, is_bold in _without(runs_of(item), cut)
    )
    if lead:
        space = '<span style="font:7.0pt Times">&nbsp;&nbsp; </span>'
        inside = f"<![if !supportLists]><span>{lead[0].strip()}{space}</span><![endif]>{inside}"
    return f"<p class=MsoNormal><!-- 77,7% -->{inside}<o:p></o:p></p>"


def _html_rows(grid):
    yield "".join(f"<th>{escape(text)}</th>" for text in grid.header)
    down = grid.header[-1] == "Xếp loại"
    for at, row in enumerate(grid.rows):
        *most, last = (escape(text) for text in row)
        cells = [f"<td><p>{text}</p></td>" for text in most]
        if down:
            cells += [f"<td rowspan={len(grid.rows)}>{last}</td>"] if not at else []
        elif not last:
            cells[-1] = cells[-1].replace("<td>", "<td colspan=2>")
        else:
            cells.append(f"<td>{last}</td>")
        yield "".join(cells)
