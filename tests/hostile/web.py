"""Web pages that show something else than their text says.

What a person sees was looked up in a browser where the standards leave room. The figures touched
stand in table two, where no sum would betray a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.accuracy.render import render
from tests.hostile.cases import Case, figure, report, seen

_CELL = ("penalty_decisions", "")
_NOBODY = "nobody could say"
_DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

# A digit 9 that nobody sees before 87: by its own style, name → style.
_UNSEEN_STYLES = {
    "display_none": "display:none",
    "display_none_important": "display: none !important",
    "visibility": "visibility:hidden",
    "opacity_0": "opacity:0",
    "opacity_percent": "opacity:0%",
    "opacity_faint": "opacity:.01",
    "font_size_0": "font-size:0",
    "font_size_tiny": "font-size:0.1px",
    "font_shorthand": "font:0/0 serif",
    "clipped": "clip-path:inset(100%)",
    "clipped_old": "position:absolute;clip:rect(0,0,0,0)",
    "off_the_page": "position:absolute;left:-9999px",
    "off_the_page_above": "position:fixed;top:-5000px",
    "off_to_the_right": "position:absolute;left:300vw",
    "no_width": "display:inline-block;width:0;overflow:hidden",
    "no_height": "display:inline-block;height:0;overflow:hidden",
    "no_max_height": "display:inline-block;max-height:0;overflow:clip",
    "indented": "display:inline-block;text-indent:-9999px;overflow:hidden",
    "scaled": "display:inline-block;transform:scale(0)",
    "scale": "display:inline-block;scale:0",
    "turned_away": "display:inline-block;transform:rotateY(90deg)",
    "moved_away": "display:inline-block;transform:translateX(-4000px)",
    "filtered": "filter:opacity(0)",
    "masked": "-webkit-mask-image:linear-gradient(transparent,transparent)",
    "white": "color:#fff",
    "nearly_white": "color:#fefefe",
    "transparent": "color:transparent",
    "no_alpha": "color:rgba(0,0,0,0)",
    "no_alpha_hex": "color:#0000",
    "no_alpha_modern": "color:rgb(0 0 0 / 0)",
    "hsl_white": "color:hsl(0 0% 100%)",
    "oklch_white": "color:oklch(1 0 0)",
    "fill_color": "-webkit-text-fill-color:transparent",
    "dark_on_dark": "background:#000;color:#111",
    "content_hidden": "display:inline-block;content-visibility:hidden",
    "escaped": "d\\69splay:none",
    "comment_inside": "display:/**/none",
    "zoom": "zoom:0.01",
    "spaced_on_top": "letter-spacing:-1em",
    "text_security": "-webkit-text-security:disc",
    "struck": "text-decoration:line-through",
    "struck_line": "text-decoration-line:line-through",
    "table_column": "display:table-column",
    "behind": "position:absolute;z-index:-1",
    "unknown_property": "vanish:yes;visibility:collapse",
}
# Of these nobody could say what they leave: a digit behind another, a dot.
_UNSURE = frozenset(("behind", "spaced_on_top", "text_security"))
# The same by a rule of the page: name → rules, and the element that holds the digit.
_RULES = {
    "class": (".h{display:none}", "<span class=h>9</span>"),
    "tag": ("samp{display:none}", "<samp>9</samp>"),
    "attribute": ("[data-x]{display:none}", "<span data-x=1>9</span>"),
    "attribute_value": ('[lang="x-h"]{display:none}', '<span lang="x-h">9</span>'),
    "nth_child": ("td span:nth-child(1){display:none}", "<span>9</span>"),
    "first_child": ("p>span:first-child{font-size:0}", "<span>9</span>"),
    "not": ("td span:not(.n){visibility:hidden}", "<span>9</span>"),
    "is": ("td :is(span,i){opacity:0}", "<span>9</span>"),
    "has": ("span:has(i){display:none}", "<span><i>9</i></span>"),
    "child": ("td>p>span{display:none}", "<span>9</span>"),
    "sibling": ("b+span{display:none}", "<b></b><span>9</span>"),
    "later_sibling": ("b~span{display:none}", "<b></b><span>9</span>"),
    "media": ("@media screen{.h{display:none}}", "<span class=h>9</span>"),
    "media_wide": ("@media (min-width:1px){.h{display:none}}", "<span class=h>9</span>"),
    "supports": ("@supports (color:red){.h{display:none}}", "<span class=h>9</span>"),
    "layer": ("@layer a{.h{display:none}}", "<span class=h>9</span>"),
    "layer_nested": ("@layer a{@media all{span{font-size:0}}}", "<span>9</span>"),
    "nested": ("td{& span{display:none}}", "<span>9</span>"),
    "nested_bare": ("td{span{display:none}}", "<span>9</span>"),
    "opacity": (".h{opacity:0}", "<span class=h>9</span>"),
    "colour": (".h{color:#fff}", "<span class=h>9</span>"),
    "colour_of_a_tag": ("td span{color:white}", "<span>9</span>"),
    "clip": (".h{clip-path:circle(0)}", "<span class=h>9</span>"),
    "escaped_name": (".\\68{display:none}", "<span class=h>9</span>"),
    "escaped_property": (".h{d\\69splay:none}", "<span class=h>9</span>"),
    "comment": (".h{display/**/:none}", "<span class=h>9</span>"),
    "upper_case": ("SPAN{DISPLAY:NONE}", "<span>9</span>"),
    "universal": ("td p *{display:none}", "<span>9</span>"),
    "variable": (":root{--d:none} .h{display:var(--d)}", "<span class=h>9</span>"),
    "shown_and_hidden": (".h{display:inline} td .h{display:none}", "<span class=h>9</span>"),
    "first_letter": ("td p::first-letter{font-size:0}", "9"),
    "id": ("#h{position:absolute;left:-99em}", "<span id=h>9</span>"),
    "size": (".h{font-size:0}", "<span class=h>9</span>"),
    "brace_in_a_string": ('i{quotes:"}" "{"} .h{display:none}', "<span class=h>9</span>"),
    "many_selectors": ("a, b , .h,i{display:none}", "<span class=h>9</span>"),
    "import_before": ("@import url(x.css);.h{display:none}", "<span class=h>9</span>"),
}
# Something that shows a 7 where the text says nothing.
_DRAWN = {
    "img": f'<img src="{_DOT}" alt="7" width=20 height=20>',
    "img_styled_wide": f'<img src="{_DOT}" width=1 style="width:20px;height:20px">',
    "picture": f'<picture><source srcset="{_DOT}"><img src="{_DOT}"></picture>',
    "svg": "<svg width=20 height=20><text y=15>7</text></svg>",
    "canvas": "<canvas width=20 height=20></canvas>",
    "object": "<object data=7.svg></object>",
    "iframe": '<iframe srcdoc="7" width=30 height=30></iframe>',
    "embed": "<embed src=7.svg>",
    "video": "<video poster=7.png></video>",
    "meter": "<meter value=7 max=10></meter>",
    "progress": "<progress value=7 max=10></progress>",
    "custom_element": "<figure-of-seven></figure-of-seven>",
    "unknown_element": "<zahl></zahl>",
    "input": "<input>",
    "checkbox": "<input type=checkbox checked>",
    "math": "<math><mn>7</mn></math>",
    "math_empty": "<math></math>",
    "list_number": "<ol start=7><li></li></ol>",
    "list_item": "<li value=7 style='list-style:decimal inside'></li>",
    "details": "<details><summary></summary>7</details>",
    "ruby": "<ruby><rt>7</rt></ruby>",
    "rule": "<hr>",
    "background": f'<span style="display:inline-block;width:9px;background:url({_DOT})"></span>',
    "background_of_the_line": f'<p style="height:9px;background-image:url({_DOT})"></p>',
    "background_of_the_cell": f'<td style="background:url({_DOT})"></td>',
    "background_attribute": f'<td background="{_DOT}"></td>',
    "sprite": "<i class='n n7'></i>",
    "sprite_by_data": "<span data-n=7></span>",
    "gradient": "<span style='padding:5px;background:linear-gradient(red,blue)'></span>",
    "border": "<span style='border-left:2px solid;padding:5px 0'></span>",
    "shadow": "<span style='display:inline-block;box-shadow:0 0 0 1px #000'></span>",
    "nav": "<nav>7</nav>",
    "audio": "<audio controls>7</audio>",
    "shadow_root": "<div><template shadowrootmode=open>7</template></div>",
    "script": "<script>document.write(7)</script>",
    "button": "<button>7</button>",
    "xml_island": "<xml>7</xml>",
    "noframes": "<ruby>7</ruby>",
}
_GENERATED = {
    "before": (".g::before{content:'7'}", "<span class=g></span>", 7),
    "after_old": (".g:after{content:'7'}", "<span class=g></span>", 7),
    "before_a_figure": (".g::before{content:'7'}", "<span class=g>8</span>", 78),
    "after_the_cell": ("td.g::after{content:'7'}", "<td class=g>8</td>", 87),
    "attr": ("[data-n]::after{content:attr(data-n)}", "<span data-n=7>8</span>", 87),
    "counter": ("td p{counter-set:n 7} td p::after{content:counter(n)}", "8", 87),
    "nth": ("td:nth-child(2) p::after{content:'7'}", "8", _NOBODY),
    "last_child": ("td:last-child p::after{content:'7'}", "8", _NOBODY),
    "any": ("td *::after{content:'7'}", "<b>8</b>", 87),
    "in_media": ("@media all{td p::after{content:'7'}}", "8", 87),
    "escape": (".g::after{content:'\\37'}", "<span class=g>8</span>", 87),
    "picture": (f".g::after{{content:url({_DOT})}}", "<span class=g>8</span>", _NOBODY),
    "background": (
        f".g::after{{content:'';padding:5px;background:url({_DOT})}}",
        "<span class=g>8</span>",
        _NOBODY,
    ),
    "nested": ("td p{&::after{content:'7'}}", "8", 87),
    "marker": ("td p{display:list-item;list-style:'7' inside}", "8", 78),
    "rule_background": (f".g{{background:url({_DOT});padding:9px}}", "<b class=g></b>", _NOBODY),
    "font": (
        "@font-face{font-family:f;src:url(f.woff2)} td p{font-family:f}",
        "8",
        _NOBODY,
    ),
    "font_by_its_own_style": (
        "@font-face{font-family:f;src:url(f.woff2)}",
        "<span style='font-family:f'>8</span>",
        _NOBODY,
    ),
    "quotes": ("q{quotes:'7' '7'}", "<q>8</q>", 787),
}
# Pieces of which nobody can say whether they are one figure: 626 with the mark of note 1.
_MARKS = {
    "sup": "626<sup>1</sup>",
    "small": "626<small>1</small>",
    "small_style": "626<span style='font-size:60%'>1</span>",
    "font_size": "626<font size=1>1</font>",
    "link": "626<a href='#n'>1</a>",
    "link_class": "626<a class=note href='#n'>1</a>",
    "class": "626<span class=note>1</span>",
    "id": "626<span id=r1>1</span>",
    "raised": "626<span style='vertical-align:super'>1</span>",
    "raised_by_length": "626<span style='vertical-align:.4em'>1</span>",
    "raised_by_place": "626<span style='position:relative;top:-.5em'>1</span>",
    "red": "626<span style='color:red'>1</span>",
    "font_color": "626<font color=red>1</font>",
    "italic": "626<i>1</i>",
    "bold": "626<b>1</b>",
    "code": "626<code>1</code>",
    "boxed": "626<span style='border:1px solid'>1</span>",
    "marked": "626<mark>1</mark>",
    "shaded": "626<span style='background:#cde'>1</span>",
    "apart": "626<span style='margin-left:2em'>1</span>",
    "padded": "<span style='padding-right:2em'>626</span>1",
    "floating": "626<span style='float:right'>1</span>",
    "spacer": "626<span style='padding:0 2em'></span>1",
    "unlike_sizes": "<span style='font-size:14px'>626</span><span style='font-size:9px'>1</span>",
    "unlike_classes": "<span class=a>626</span><span class=b>1</span>",
    "data": "626<span data-note=1>1</span>",
    "custom_element": "626<foot-note>1</foot-note>",
    "sibling_rule": ("span+span{font-size:60%}", "<span>626</span><span>1</span>"),
    "last_rule": ("td span:last-child{color:red}", "<span>626</span><span>1</span>"),
    "tag_rule": ("td span{vertical-align:super}", "626<span>1</span>"),
    "control": "626<input value=1>",
    "inserted": "626<ins style='color:red'>1</ins>",
    "struck": "626<s>1</s>",
    "deleted": "626<del>1</del>",
    "script": "626<script>document.write(1)</script>",
    "image": f"626<img src='{_DOT}' width=9 height=9>",
    "abbreviation": "626<abbr title='注'>1</abbr>",
}
# Something moved, laid over the figure, or not the whole of what the page shows.
_LAYERS = {
    "white_cell": ("<td style='color:#fff'>5</td>", None),
    "white_text": ("<span style='color:white'>5</span>", None),
    "white_font": ("<font color='#ffffff'>5</font>", None),
    "faint": ("<span style='opacity:.02'>5</span>", None),
    "clipped": ("<span style='clip-path:inset(50%)'>5</span>", None),
    "filtered_cell": ("<td style='filter:opacity(0)'>5</td>", None),
    "black_on_black": ("<td style='background:#000'>5</td>", None),
    "black_on_black_attribute": ("<td bgcolor=black>5</td>", None),
    "scaled": ("<b style='display:inline-block;transform:scale(0)'>5</b>", None),
    "backwards": ("<span style='unicode-bidi:bidi-override;direction:rtl'>12</span>", 21),
    "backwards_cell": ("<td style='unicode-bidi:bidi-override;direction:rtl'>12</td>", 21),
    "backwards_element": ("<bdo dir=rtl>12</bdo>", 21),
    "backwards_characters": ("\u202e12\u202c", 21),
    "right_to_left_pieces": ("<td dir=rtl>12<span>-</span>34</td>", _NOBODY),
    "mirrored": ("<b style='display:inline-block;transform:scaleX(-1)'>12</b>", _NOBODY),
    "upside_down": ("<b style='display:inline-block;rotate:180deg'>6</b>", 9),
    "turned_round_in_a_row": (
        "<div style='display:flex;flex-direction:row-reverse'><b>1</b><b>2</b></div>",
        21,
    ),
    "ordered": (
        "<div style='display:flex'><b style='order:2'>1</b><b style='order:1'>2</b></div>",
        21,
    ),
    "floating": ("1<span style='float:left'>2</span>", 21),
    "cut_off": ("<div style='width:9px;overflow:hidden'>123</div>", 1),
    "cut_off_by_lines": ("<div style='height:1.2em;overflow:hidden'>1<br>2</div>", 1),
    "ellipsis": (
        "<div style='max-width:2em;overflow:hidden;text-overflow:ellipsis'>12345</div>",
        _NOBODY,
    ),
    "covered_within": (
        "<b style='position:relative'>12<i style='position:absolute;left:0;background:#fff'>7</i></b>",
        _NOBODY,
    ),
    "dots": ("<span style='-webkit-text-security:disc'>12</span>", _NOBODY),
    "shadow_copy": ("<span style='text-shadow:1em 0'>1</span>", 11),
    "cut_off_by_the_cell": (
        "<td style='max-width:9px;overflow:hidden;white-space:nowrap'>123</td>",
        _NOBODY,
    ),
    "cut_off_by_what_is_around": (
        "<div style='overflow:hidden'><div style='margin-left:-15px'>123</div></div>",
        3,
    ),
    "no_line": ("<div style='line-height:0;overflow:hidden'>5</div>", None),
    "faint_times_faint": (
        "<div style='opacity:.5'>" * 5 + "5" + "</div>" * 5,
        None,
    ),
    "small_times_small": ("<div style='zoom:.5'>" * 5 + "5" + "</div>" * 5, None),
    "one_over_the_other": (
        "<span style='display:block'>6</span><span style='display:block'>1</span>",
        _NOBODY,
    ),
    "side_by_side": ("<b style='display:inline-block;width:4em'>6</b>" * 2, _NOBODY),
    "padded_alike": ("<b style='padding:0 2em'>6</b>" * 2, _NOBODY),
    "wide_letters": ("<span style='letter-spacing:2em'>61</span>", _NOBODY),
    "changing_places": (
        "<b style='position:relative;left:1ch'>1</b><b style='position:relative;left:-1ch'>2</b>",
        21,
    ),
    "pulled_back": ("<b>1</b><b style='margin-left:-1.2em'>2</b>", 21),
    "indented_backwards": ("<div style='text-indent:-4em'>12</div>", _NOBODY),
    "blended": ("<span style='mix-blend-mode:screen'>5</span>", _NOBODY),
    "map": ("<map>9</map>8", 98),
    "old_page_in_a_comment": ("<!-->9<!-- -->8", 98),
    "processing_instruction": ("<?x >9?>8", "9.8"),
    "list_of_choices": ("<optgroup>9</optgroup>8", _NOBODY),
    "upright": ("<span style='writing-mode:vertical-rl'>12</span>", _NOBODY),
    "size_of_a_control": ("<input size=1 maxlength=1 value=12>", _NOBODY),
    "disabled_number": ("<input type=number value='1,200'>", _NOBODY),
    "popover": ("<span popover>5</span>", None),
    "hidden_until_found": ("<span hidden=until-found>5</span>", 5),
    "closed_dialog": ("<dialog>5</dialog>", None),
    "closed_details": ("<details><summary>6</summary>5</details>", 6),
    "variable_colour": ("<span style='--c:#fff;color:var(--c)'>5</span>", None),
    "animated": ("<span style='animation:x 1s;opacity:0'>5</span>", _NOBODY),
    "contradicting": ("<span style='display:none!important;display:inline'>5</span>", None),
    "string_in_a_style": ("<span style='font-family:\";display:none;\"'>5</span>", 5),
    "unfinished_style": ("<span style='display:none;font-family:\"x'>5</span>", None),
    "slot": ("<div><template shadowrootmode=open>7</template>5</div>", 7),
    "frame": ("5<iframe srcdoc=7 width=30 height=30></iframe>", _NOBODY),
    "marquee": ("<marquee>5</marquee>", _NOBODY),
    "noscript": ("<noscript>5</noscript>", None),
}
# What a page around a plain 5 does to it: rules, what replaces the cell, what comes before the table.
_AROUND = {
    "cell_rule": ("td:nth-child(2){opacity:0}", "<td>5</td>", None),
    "row_rule": ("tr:nth-child(n){visibility:hidden}", "<td>5</td>", None),
    "table_rule": ("table{color:#fff}", "<td>5</td>", None),
    "table_scaled": ("table{transform:scaleX(-1)}", "<td>5</td>", _NOBODY),
    "table_from_the_right": ("table{direction:rtl}", "<td>5</td>", _NOBODY),
    "cells_as_blocks": ("td{display:block;float:right}", "<td>5</td>", _NOBODY),
    "blocks_by_a_rule": ("td b{display:block}", "<td><b>6</b><b>1</b></td>", _NOBODY),
    "row_with_a_picture": (f"tr{{background:url({_DOT})}}", "<td>5</td>", _NOBODY),
    "table_with_a_picture": (f"table{{background:url({_DOT})}}", "<td></td>", _NOBODY),
    "inner_table": (".h{opacity:0}", "<td><table class=h><tr><td>5</table></td>", None),
    "media_of_the_sheet": (
        "/**/</style><style media='(min-width:9px)'>p{font-size:0}",
        "<td><p>5</td>",
        None,
    ),
    "sheet_of_a_drawing": (
        "</style><svg><style>td b{opacity:0}</style></svg><style>",
        "<td><b>5</b></td>",
        None,
    ),
    "page_filtered": ("body{filter:opacity(0)}", "<td>5</td>", None),
    "page_white": ("body{color:#fff}", "<td>5</td>", None),
    "page_clipped": ("html{clip-path:inset(50%)}", "<td>5</td>", None),
    "no_sheet": ("</style><style type=text/x>.h{display:none}", "<td><b class=h>1</b>5</td>", 15),
    "shown_again": ("td{display:table-cell!important}", "<td style='display:none'>5</td>", 5),
    "shown_again_by_class": (
        ".h{display:none} td{display:table-cell!important}",
        "<td class=h>5</td>",
        5,
    ),
    "cell_moved": ("", "<td style='position:relative;left:300px'>5</td>", _NOBODY),
    "negative_margin": (
        "",
        "<td><div style='margin-left:-200px;background:#fff'>5</div></td>",
        _NOBODY,
    ),
    "cell_font": (
        "@font-face{font-family:f;src:url(f.ttf)} body{font-family:f}",
        "<td>5</td>",
        _NOBODY,
    ),
}

# What a page puts over a table from outside it: rules and an element.
_OVER = {
    "figure": ("", "<div style='position:absolute;left:320px;top:300px;background:#fff'>6</div>"),
    "box": (
        "",
        "<div style='position:absolute;left:9px;top:30px;width:9px;background:#fff'></div>",
    ),
    "figure_by_a_rule": (".o{position:absolute;top:9px}", "<div class=o>6</div>"),
    "figure_pulled_up": ("", "<div style='margin-top:-300px'>6</div>"),
    "figure_fixed": ("", "<p style='position: fixed; top: 3em'><b>6</b></p>"),
    "figure_moved": ("", "<b style='display:block;transform:translateY(-300px)'>6</b>"),
}

# Markup that real pages are full of and that changes nothing.
HARMLESS = {
    "language": "<span lang=EN-US>12</span>",
    "split_by_word": "<span lang=EN-US style='font-size:10.5pt;mso-bidi-font-size:12.0pt'>1</span>"
    "<span style='font-size:10.5pt;font-family:宋体;mso-ascii-font-family:Calibri'>2</span>",
    "split_within_a_style": "<span style='font-size:9.0pt;color:black'>1<span lang=EN-US>2</span></span>",
    "font": "<font face=宋体 color=#000000>12</font>",
    "bold": "<b>12</b>",
    "bold_in_word": "<b style='mso-bidi-font-weight:normal'><span lang=EN-US>12</span></b>",
    "strong_link": "<a href='a.html'><strong>12</strong></a>",
    "office_paragraph": "<span lang=EN-US>12<o:p></o:p></span>",
    "spaces": "&nbsp;12&nbsp;",
    "zero_width": "\u200b12\ufeff",
    "soft_hyphen": "12&shy;",
    "line_break": "12<br>",
    "empty_span": "<span style='font-size:10.5pt;font-family:仿宋'></span>12",
    "bookmark": "<a name=OLE_LINK1></a><a name=OLE_LINK2>12</a>",
    "comment": "<!-- 数 -->12",
    "condition": "<![if !supportEmptyParas]>12<![endif]>",
    "browser_paste": "<span style='color: rgb(0, 0, 0); font-variant-ligatures: normal; orphans: 2;"
    " -webkit-text-stroke-width: 0px; text-decoration-thickness: initial; display: inline"
    " !important; float: none;'>12</span>",
    "editor_class": "<p class=p0 style='margin-top:0;text-indent:0.0000pt'><span class=15>12</span></p>",
    "kerning": "<span style='letter-spacing:-.3pt;mso-font-kerning:0pt'>12</span>",
    "centre": "<center><tt>12</tt></center>",
    "smart_tag": "<st1:chmetcnv unitname=x>12</st1:chmetcnv>",
    "white_on_blue": "<td style='background:#036;color:#fff'>12</td>",
    "grey_paper": "<td bgcolor=#eeeeee>12</td>",
    "dark_red": "<span style='color:#c00000'>12</span>",
    "nested_table": "<table><tr><td><span>12</span></td></tr></table>",
    "moved_a_little": "<p style='margin-left:-5.4pt;margin-right:-5.25pt'>12</p>",
    "spacer": f"12<img src='{_DOT}' width=1 height=1>",
    "inline_block": "<div style='display:inline-block;width:60px;overflow:visible'>12</div>",
}
# Sheets that real pages carry.
HARMLESS_SHEETS = {
    "word": "p.MsoNormal, li.MsoNormal {margin:0cm;font-size:10.5pt;} a:link, span.MsoHyperlink"
    " {color:blue;text-decoration:underline;} @page Section1 {size:595.3pt 841.9pt;}"
    " @font-face {font-family:宋体;panose-1:2 1 6 0 3 1 1 1 1 1;}",
    "editor": ".TRS_Editor P{margin-top:1em;line-height:2em;font-family:宋体;font-size:12pt;}"
    ".TRS_Editor TD{margin-top:1em;font-size:12pt;}.TRS_Editor SPAN{font-size:12pt;}",
    "normalised": "[hidden],template{display:none} *{margin:0;padding:0;box-sizing:border-box}"
    " audio:not([controls]){display:none} img{border:0} ul li{list-style:none}",
    "site": ".nav li ul{display:none} .nav li:hover ul{display:block} #top{position:fixed;top:0}"
    " .clearfix:after{content:'';display:block;clear:both} a:hover{color:red}"
    " @media print{.no-print{display:none}} @media (max-width:768px){td{display:block}}",
    "striped": "table tr:nth-child(even){background:#f5f5f5} th{background:#1e5aa8;color:#fff}"
    " td{padding:4px;border:1px solid #ccc}",
    "mourning": "html{filter:grayscale(100%);-webkit-filter:grayscale(100%)}",
}


def cases() -> Iterator[Case]:
    """Every trick, one in each page."""
    for name, style in _UNSEEN_STYLES.items():
        hidden = style.replace('"', "&quot;")
        value = _NOBODY if name in _UNSURE else 87
        yield _case(f"hidden-{name}", f'<span style="{hidden}">9</span>87', value)
        yield _case(f"hidden-{name}_alone", f'<span style="{hidden}">9</span>', None)
    for name, (rules, element) in _RULES.items():
        yield _case(f"hidden-rule_{name}", f"{element}87", 87, rules)
    for name, markup in _DRAWN.items():
        yield _case(f"drawn-{name}", markup, 7)
        if not markup.startswith("<td"):
            yield _case(f"drawn-{name}_beside", f"8{markup}", _NOBODY)
    for name, (rules, markup, value) in _GENERATED.items():
        yield _case(f"generated-{name}", markup, value, rules)
    for name, given in _MARKS.items():
        rules, markup = given if isinstance(given, tuple) else ("", given)
        yield _case(f"marks-{name}", markup, 626 if "sup>" in markup else _NOBODY, rules)
    for name, (markup, value) in _LAYERS.items():
        yield _case(f"layers-{name}", markup, value)
    for name, (rules, markup, value) in _AROUND.items():
        yield _case(f"layers-around_{name}", markup, value, rules)
    for name, (rules, element) in _OVER.items():
        yield _case(f"layers-over_{name}", "5", _NOBODY, rules, element)


def controls() -> Iterator[Case]:
    """Pages in which nothing is hidden, and nothing may be flagged."""
    for name, markup in HARMLESS.items():
        yield _case(f"harmless-{name}", markup, 12)
    for name, rules in HARMLESS_SHEETS.items():
        yield _case(f"harmless-sheet_{name}", "<span>12</span>", 12, rules)


def _case(name: str, markup: str, value: int | str | None, rules: str = "", end: str = "") -> Case:
    made = report("html")
    cell = figure(made, *_CELL)
    cell.markup = markup
    certain = value != _NOBODY
    seen(made, cell, value if certain else 0, certain=certain)
    page = render(made).decode()
    if markup.startswith("<td"):  # it stands for the whole cell, with its spans
        before, after = page.split(f"<p>{markup}</p></td>")
        before, _, spans = before.rpartition("<td")
        page = before + markup.replace("<td", f"<td{spans.removesuffix('>')}", 1) + after
    if rules:
        page = page.replace("</head>", f"<style>{rules}</style></head>")
    return Case(name, made, page.replace("</body>", f"{end}</body>").encode())
