"""Which values show what each field type is?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from engine.field import Field
from tests.builders import field_of

CHOICES = [
    {"id": "new", "label": {"zh": "新的", "en": "New"}, "colour": "blue"},
    {"id": "used", "label": "用过"},
]
CREDIT_CODE = "91110000600037341L"
RESIDENT = "11010519491231002X"


@dataclass(frozen=True)
class Sample:
    """A value of a type: as JSON, as a person reads it, and as a person may type it."""

    data: Any
    shown: str
    typed: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    read_as: Any = None
    """The JSON that comes back, where it is written in another way."""

    def field(self, type_: str) -> Field:
        """The field that holds it."""
        return field_of(type_, **{**NEEDED.get(type_, {}), **self.options})

    @property
    def canonical(self) -> Any:
        """The JSON that the value is written as."""
        return self.data if self.read_as is None else self.read_as


NEEDED: dict[str, dict[str, Any]] = {
    "select": {"options": CHOICES},
    "multi_select": {"options": CHOICES},
    "id_number": {"kind": "uscc"},
    "reference": {"to": "device"},
    "reference_list": {"to": "device"},
    "formula": {"feel": "1 + 1"},
    "rollup": {"form": "device", "by": "owner_site"},
    "lookup": {"by": "site", "field": "name"},
    "lines": {
        "fields": [
            {"id": "item", "type": "text", "label": "物料"},
            {"id": "count", "type": "integer", "label": "数量"},
            {"id": "price", "type": "money", "label": "单价"},
        ]
    },
}
"""Options without which a type does not stand."""

SAMPLES: dict[str, list[Sample]] = {
    "text": [
        Sample("三号泵", "三号泵", ("三号泵", "  三号泵 ", "三号泵\n")),
        Sample("A-1", "A-1", ("a-1",), {"uppercase": True}),
        Sample("👩‍🔧 师傅", "👩‍🔧 师傅"),
    ],
    "long_text": [Sample("第一行\n第二行", "第一行\n第二行", ("第一行\r\n第二行",))],
    "rich_text": [Sample("<p>好</p><ul><li>一</li></ul>", "好\n一")],
    "number": [
        Sample("1234.50", "1,234.5", ("1,234.5", "１２３４．５", "+1234.50")),
        Sample("-0.25", "-0.25 吨", ("-0.25",), {"unit": "吨"}),
        Sample("0.00", "0", ("-0", "0")),
    ],
    "integer": [
        Sample(12000, "12,000", ("12,000", "12000", "１２０００", "12000.0")),
        Sample(3, "3 台", ("3",), {"unit": "台"}),
    ],
    "money": [
        Sample("1280000.00", "¥1,280,000.00", ("1,280,000", "1280000.00", "１，２８０，０００")),
        Sample("-5.5000", "-$5.5000", (), {"currency": "USD", "places": 4, "allow_negative": True}),
        Sample("7", "SEK 7", ("7",), {"currency": "SEK", "places": 0}),
    ],
    "percent": [
        Sample("0.1500", "15%", ("15", "15%", "１５％", "15.00")),
        Sample("0.123400", "12.34%", ("12.34",), {"places": 4}),
    ],
    "date": [
        Sample(
            "2026-11-21",
            "2026-11-21",
            ("2026-11-21", "2026/11/21", "2026年11月21日", "20261121", "2026.11.21", "2026-11-21 "),
        ),
        Sample("2024-02-29", "2024-02-29"),
        Sample("9999-12-31", "9999-12-31"),
    ],
    "datetime": [
        Sample(
            "2026-11-21T08:30:00Z",
            "2026-11-21 16:30",
            (
                "2026-11-21T16:30",
                "2026-11-21 16:30",
                "2026年11月21日 16时30分",
                "2026-11-21T08:30:00Z",
                "2026-11-21T09:30+01:00",
            ),
        ),
        Sample("2026-11-21T08:30:15Z", "2026-11-21 16:30:15", (), {"precision": "second"}),
        Sample("2026-11-21T08:30:00Z", "2026-11-21 08:30", (), {"zone": "UTC"}),
    ],
    "time": [
        Sample("08:30", "08:30", ("8:30", "08:30", "8时30分", "08:30:59")),
        Sample("08:30:15", "08:30:15", ("8:30:15",), {"precision": "second"}),
    ],
    "duration": [
        Sample("P3DT4H", "3天4小时", ("3天4小时", "3d 4h", "P3DT4H", "p3dt4h", "76:00")),
        Sample("PT2H30M", "2小时30分钟", ("2:30", "2小时30分", "150分钟")),
        Sample("PT0S", "0分钟", ("0:00", "PT0M")),
    ],
    "yes_no": [
        Sample(True, "是", ("true", "是", "on", "1", "Yes")),
        Sample(False, "否", ("false", "否", "off", "0", "")),
        Sample(True, "已验收", ("已验收",), {"yes": {"zh": "已验收", "en": "Accepted"}}),
        Sample(False, "未验收", ("未验收",), {"no": "未验收", "ask": "question"}),
    ],
    "select": [
        Sample("new", "新的", ("new", "新的", "NEW", " New ")),
        Sample("别的", "别的", ("别的",), {"allow_other": True}),
    ],
    "multi_select": [
        Sample(["new", "used"], "新的、用过", ("used,new", "新的、用过", "新的;used"))
    ],
    "tags": [Sample(["急", "返修"], "急、返修", ("急,返修", "#急，返修", "急、返修、急"))],
    "rating": [
        Sample(4, "4/5", ("4", "４")),
        Sample(2, "2/3 一般", ("2",), {"max": 3, "captions": ["差", "一般", "好"]}),
    ],
    "phone": [
        Sample(
            "+8613812345678",
            "138 1234 5678",
            (
                "13812345678",
                "138 1234 5678",
                "138-1234-5678",
                "+86 138 1234 5678",
                "１３８１２３４５６７８",
            ),
        ),
        Sample("+862162345678", "021 6234 5678", ("021-62345678", "(021)62345678", "02162345678")),
        Sample("+862162345678;ext=801", "021 6234 5678-801", ("021-62345678转801",)),
        Sample("+14155552671", "+1 415-555-2671", ("+1 415 555 2671",)),
        Sample("+864008123123", "400 812 3123", ("400-812-3123",)),
    ],
    "email": [Sample("Wang.Li@example.com", "Wang.Li@example.com", ("Wang.Li@EXAMPLE.com ",))],
    "url": [
        Sample(
            "https://www.example.com/a?b=1",
            "www.example.com/a?b=1",
            ("www.example.com/a?b=1", "https://www.example.com/a?b=1"),
        ),
        Sample("http://10.0.0.8:8080/", "10.0.0.8:8080"),
        Sample("https://例子.中国/页", "例子.中国/页"),
    ],
    "id_number": [
        Sample(CREDIT_CODE, CREDIT_CODE, ("9111 0000 6000 3734 1l",)),
        Sample(RESIDENT, RESIDENT, ("11010519491231002x",), {"kind": "resident"}),
    ],
    "region": [
        Sample(
            "330106",
            "浙江省杭州市西湖区",
            ("330106", "浙江省杭州市西湖区", "浙江/杭州/西湖", "浙江省 杭州市 西湖区"),
        ),
        Sample("110101", "北京市东城区", ("北京市东城区", "北京市市辖区东城区")),
        Sample("3301", "浙江省杭州市", ("330100", "浙江省杭州市"), {"level": "city"}),
        Sample("44", "广东省", ("广东", "440000"), {"level": "province"}),
        Sample("4419", "广东省东莞市", ("广东省东莞市",)),
        Sample("810002", "香港特别行政区湾仔区", ("香港特别行政区湾仔区",)),
        Sample("71", "台湾省", ("台湾省",)),
    ],
    "address": [
        Sample(
            {"region": "330106", "detail": "文三路 1 号"},
            "浙江省杭州市西湖区文三路 1 号",
            ("浙江省杭州市西湖区文三路 1 号", '{"region":"330106","detail":"文三路 1 号"}'),
        ),
        Sample(
            {"region": "330106", "detail": None}, "浙江省杭州市西湖区", (), {"detail": "optional"}
        ),
    ],
    "geo": [
        Sample(
            {"latitude": "31.2304", "longitude": "121.4737"},
            "31.2304, 121.4737",
            (
                "31.2304,121.4737",
                "31.2304，121.4737",
                '{"latitude":"31.2304","longitude":"121.4737"}',
            ),
        ),
        Sample(
            {"latitude": "-33.856784", "longitude": "151.2153", "label": "码头", "accuracy": "8.5"},
            "码头 (-33.856784, 151.2153)",
        ),
    ],
    "person": [Sample("p0001", "p0001", ("p0001",))],
    "department": [Sample("d01", "d01", ("d01",))],
    "reference": [Sample("0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef")],
    "reference_list": [Sample(["a1", "b2"], "2 条", ("a1,b2", "a1, b2,a1"))],
    "lines": [
        Sample(
            [{"id": "x1", "item": "阀", "count": 2, "price": "3.50"}, {"id": None, "item": "泵"}],
            "2 行",
        )
    ],
    "file": [Sample(["f1", "f2"], "2 个文件", ("f1,f2",))],
    "image": [Sample(["f1"], "1 个文件", ("f1",))],
    "signature": [Sample(["f1"], "已签名", ("f1",))],
    "auto_number": [Sample("202611210001", "202611210001")],
    "formula": [
        Sample("12.00", "12", ("12",)),
        Sample("1280.00", "¥1,280.00", (), {"result": "money"}),
        Sample("-0.0500", "-5%", (), {"result": "percent"}),
        Sample(7, "7 天", (), {"result": "integer", "unit": "天"}),
        Sample("好", "好", (), {"result": "text"}),
        Sample(True, "是", (), {"result": "yes_no"}),
        Sample("2026-11-21", "2026-11-21", (), {"result": "date"}),
        Sample("2026-11-21T08:30:00Z", "2026-11-21 16:30", (), {"result": "datetime"}),
        Sample("08:30", "08:30", (), {"result": "time"}),
        Sample("P3D", "3天", (), {"result": "duration"}),
    ],
    "rollup": [
        Sample(12, "12"),
        Sample("99.50", "¥99.50", (), {"measure": "sum", "of": "amount", "result": "money"}),
        Sample("2026-11-21", "2026-11-21", (), {"measure": "max", "of": "due", "result": "date"}),
    ],
    "lookup": [Sample("三号泵", "三号泵"), Sample(12, "12"), Sample(["a", "b"], "a、b")],
    "barcode": [
        Sample(
            "6901234567892",
            "6901234567892",
            ("6901234567892", "６９０１２３４５６７８９２"),
            {"kind": "ean13"},
        ),
        Sample("箱 12/№7", "箱 12/№7", ("箱 12/№7",), {"kind": "qr"}),
        Sample("SN-000123", "SN-000123", ("SN-000123 ",), {"kind": "code128"}),
    ],
    "colour": [
        Sample("#2f6fed", "#2f6fed", ("#2F6FED", "2f6fed")),
        Sample("#aabbcc", "#aabbcc", ("#abc",)),
    ],
    "json": [
        Sample(
            {"a": [1, "二", None, 1.5, True]},
            '{"a":[1,"二",null,1.5,true]}',
            ('{"a": [1, "二", null, 1.5, true]}',),
        ),
        Sample([1, [2]], "[1,[2]]", ("[1, [2]]",), {"shape": "list"}),
    ],
}

CASES = [(type_, sample) for type_, samples in SAMPLES.items() for sample in samples]
