"""Values that a file may hold where something else is wanted, as they are written."""

DIGITS = "9" * 5_000
_TEXTS = [
    "", " ", "a", "all", "off", "error", "../../..", "/etc/passwd", "a/b", "**/*", "[", "\\\\",
    "x" * 5_000, "\\ud800", "\\udc80x", "\\u0000", "a\\u001b[31m", "\\n::error::x", "\\u202e",
    "é🔥漢字", "\\u2028", "http://[::1", "http://[", "https://[::1]:99999/v1", "https://a:b/",
    "https://[v1.x]/", "https://ho\\u212at\\u2100/v1", "http://127.0.0.1:8000/v1", "http://1.2/",
    "https://a:-1/", "https://a:\\u0661/", "https://u:p@h/v1", "https://h/%zz?q#f", "http://\\u3002",
    "2001-99-99", "1e999", "NaN", "!!int", "0x", "-1", "broken-link", "recommended", "local",
    "{0}", "%s", "${HOME}", "~", "*", "&a", "pdf-forms", "1.0.0", "a/b/c/d",
]  # fmt: skip
_COMMON = [
    "0", "1", "-1", "5", "1.5", "-0.0", "1e308", "1e-400", DIGITS, f"-{DIGITS}", f"{DIGITS}.5",
    f"{2**63}", f"{2**64 + 1}", "true", "false", "[]", "[[]]", "[1]", "[true, [1]]",
    "[" * 60 + "]" * 60, "[" * 300 + "]" * 300, f"[{'1, ' * 11_000}1]",
    *(f'"{text}"' for text in _TEXTS),
]  # fmt: skip
JSON = [
    *_COMMON, "NaN", "Infinity", "-Infinity", "1e999", "-1e999", "null", "{}", '{"": {}}',
    '{"a": 1, "a": 2}', '{"a":' * 300 + "1" + "}" * 300, "'a'", "nil", "", "[" * 9_000, "// x",
    "+1", "01", "1.", "0x1F", '"a', '"\t"', "1,2", "﻿1",
]  # fmt: skip
YAML = [
    *_COMMON, "null", "~", "", "{}", "{a: 1}", "{? a, ? b}", "{a: 1, a: 2}", "{1: 2, yes: no}",
    "{[a]: b}", "{" * 300, "1e999", ".nan", ".inf", "-.inf", ".NaN", "1_000", "_", "+", "-", "0x",
    "0b", "0x_", "0o17", "017", "08", "1:59", "1:60:60.5", f"1{':59' * 300}.5", f"!!float '{'1:' * 300}1'", f"1{':59' * 3_000}.5", f"1{':59' * 3_000}",
    "::", ":", "2001-12-31", "2001-99-99", "0000-01-01", "2001-01-01T25:61:61Z",
    "2001-12-14t21:59:43.10-99:99", "2001-01-01 01:01:01.9999999999999", '!!int ""', "!!int x",
    "!!int '1:'", "!!int '+'", "!!int '0b'", f"!!int '0x{'f' * 900}'", '!!float ""', "!!float .",
    "!!float '1:'", f"!!float '{'1:' * 900}1'", "!!timestamp 2001-99-99", '!!timestamp ""',
    "!!timestamp x", '!!bool ""', "!!bool x", "!!null x", '!!binary "a"', "!!binary '===='",
    "!!binary 'aGk='", "!!binary é", "!!str 1", "!!str [a]", "!!seq {a: 1}", "!!map [a]", "!!set {a}",
    "!!set [a]", "!!omap [a: 1]", "!!omap [1]", "!!pairs [a: 1, a: 2]", "!!merge <<", "!!value =",
    "!!python/object:os.system x", "! x", "!<> x", "!<tag:yaml.org,2002:int> x", "!!", "!x!y z",
    "&a [*a]", "&a {<<: *a}", "*nope", "{<<: 1}", "{<<: [1]}", "{<<: {a: 1}}", "{<<: [{a: 1}, {a: 2}]}",
    "=", "<<", "&a", "*", "|", ">-", "@", "`", "%", "'", "\t", "? ", "- - -", "'a", "''''", "# x",
    '"\\x"', '"\\U0011ffff"', '"\\e"', "\x00", "\x85", "\u2028", "\ufeff", "\x7f", "---", "...",
    "%YAML 9.9", "a: b", "{a", "[a",
]  # fmt: skip
TOML = [
    *_COMMON, "nan", "inf", "-inf", "+nan", "1e999", "{}", "{a = 1}", "{a = 1, a = 2}", "{a.b = 1}",
    "{a=" * 300 + "1" + "}" * 300, "[" * 9_000, "2001-12-31", "2001-99-99", "0000-01-01", "07:32:00",
    "25:61:00", "1979-05-27T07:32:00Z", "1979-05-27T07:32:00-99:99", "1979-05-27T00:32:00.99999999999",
    "0x1F", f"0x{'f' * 900}", "0o8", "0b2", "1_000", "1__0", "01", "+1", "'a'", '"""a\nb"""', "'''a",
    '"\\U0011ffff"', '"\\x"', "'", "", "# x", "[", "{", "null", "\x00", "1979-05-27 07:32:00", "[a]\n",
]  # fmt: skip
VALUES = {"json": JSON, "yaml": YAML, "toml": TOML}
"""By format. A text with an escape is as it stands between double quotes."""

KEYS = [
    "", "a", "path", "<<", "1", "yes", "~", "key with blank", "a.b", "rules", "default", "__class__",
    "self", "below", "x" * 300, "\\ud800", "\\u0000", "a\\u001b[31m", "é", "{0}", "../a",
]  # fmt: skip
"""As they stand between double quotes."""

BYTES = [
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xff\xfe", b"\r", b"\r\n", b"\n", b"\t", b" ",
    b"\x1b[31m", b"\xe2\x80\xa8", b"\xc2\x85", b'"', b"'", b"[", b"]", b"{", b"}", b":", b",", b"-",
    b"#", b"&a ", b"*a", b"<<: ", b"!!int ", b"? ", b"---\n", b"...\n", b"%", b"|", b">", b"\\", b"=",
    b"1e999", b"NaN", b"2001-99-99", b'"\\ud800"', b"null", b"true", b"[[a]]\n", b"9" * 400, b"\x7f",
]  # fmt: skip
"""What is put between the bytes of a file."""
