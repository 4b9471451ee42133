"""What are the keys of documents called?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition.titles.common import Said

DOCUMENTS: Mapping[str, Mapping[str, Said]] = {
    "DocumentDef": {
        "document": ("标识", "Id", "保存后不要改", "Never change it"),
        "label": ("文档名称", "Name of the document"),
        "form": ("用哪张表单的记录", "Form"),
        "roles": ("谁能生成", "For whom", "不选就是看得到记录的人", "Who sees the record"),
        "if": ("什么时候能生成", "When it can be made"),
        "file_name": ("文件名", "File name", "可以插入字段，如 {name}", "May hold {name}"),
        "language": ("语言", "Language"),
        "page": ("纸张和页眉页脚", "Page"),
        "logo": ("标志", "Logo", "PNG 图片，64 KB 以内", "A PNG picture up to 64 KB"),
        "watermark": (
            "水印", "Watermark",
            "如 {maker} {maker_no} {made_at}", "As {maker} {maker_no} {made_at}",
        ),
        "blocks": ("内容", "Content"),
    },
    "PageDef": {
        "size": ("纸张", "Paper"),
        "landscape": ("横向", "Landscape"),
        "margin": ("页边距（毫米）", "Margin in mm"),
        "header": ("页眉", "Header"),
        "footer": ("页脚", "Footer"),
        "numbers": ("印页码", "Page numbers"),
    },
    "SignerDef": {
        "label": ("签名栏名称", "Label", "如“审核人”", "As “Approved by”"),
        "name": ("已印的姓名", "Printed name", "如 {owner}", "As {owner}"),
        "field": ("手写签名字段", "Drawn signature"),
    },
}  # fmt: skip
