"""Hostile metadata.json."""

from collections.abc import Mapping

from tests.hostile.make import Case, case, good, link, metadata, sparse


def _field(written: bytes) -> Case:
    """A v1 skill with one more field."""
    return case(metadata(b'{"skill_id": "a/b", "version": "1.0.0", ' + written + b"}"))


CASES: Mapping[str, Case] = {
    "metadata-list": case(metadata(b'[{"skill_id": "a"}]'), "invalid-metadata-json"),
    "metadata-duplicate-keys": case(
        metadata(b'{"skill_id": "a", "skill_id": "b"}'), "duplicate-key"
    ),
    "metadata-not-a-number": case(metadata(b'{"skill_id": NaN}'), "invalid-metadata-json"),
    "metadata-byte-order-mark": case(
        metadata(b'\xef\xbb\xbf{"skill_id": "a"}'), "invalid-metadata-json"
    ),
    "metadata-ten-megabytes-deep": case(
        metadata(b'{"skill_id": ' + b"[" * 5_000_000 + b"]" * 5_000_000 + b"}"),
        "invalid-metadata-json",
    ),
    "metadata-deep": case(
        metadata(b'{"skill_id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"), "invalid-metadata-json"
    ),
    "metadata-lone-surrogate": case(metadata(b'{"skill_id": "\\ud800"}'), "invalid-metadata-json"),
    "metadata-long-number": case(
        metadata(b'{"skill_id": "a", "x": ' + b"9" * 100_000 + b"}"), "invalid-metadata-json"
    ),
    "metadata-many-keys": case(
        metadata(
            b'{"skill_id": "a"'
            + b"".join(b', "k%d": "\\u001b[31m"' % n for n in range(1_000))
            + b"}"
        ),
        "missing-metadata-field",
    ),
    "metadata-of-utf-16": case(
        metadata('{"skill_id": "a"}'.encode("utf-16")), "invalid-metadata-json"
    ),
    "metadata-null-everywhere": case(
        metadata(b'{"skill_id": null, "version": null, "capabilities": [null], "weight": []}'),
        "metadata-type",
    ),
    "metadata-empty": case(metadata(b"")),
    "metadata-of-blanks": case(metadata(b" \n\t" * 1_000)),
    "metadata-scalar": case(metadata(b'"skill_id"')),
    "metadata-with-comments": case(metadata(b'{"skill_id": "a"} // x'), "invalid-metadata-json"),
    "metadata-with-a-last-comma": case(metadata(b'{"skill_id": "a",}'), "invalid-metadata-json"),
    "metadata-in-single-quotes": case(
        metadata(b"{'skill_id': 'a', \"skill_id\": 1}"), "invalid-metadata-json"
    ),
    "metadata-escape-of-escape": case(
        metadata(b'{"skill_id": "\\\x1b[31m", "x": "\\\x9b"}'),
        "invalid-metadata-json",
        "unreadable-file",
    ),
    "metadata-unknown-escape": case(metadata(b'{"skill_id": "\\q"}'), "invalid-metadata-json"),
    "metadata-escape-sequence": case(
        metadata(b'{"skill_id": "\\u001b[31ma", "version": "::error::x", "weight": "##[x"}'),
        "skill-id-format",
    ),
    "metadata-raw-escape-sequence": case(
        metadata(b'{"skill_id": "\x1b[31ma"}'), "invalid-metadata-json"
    ),
    "metadata-pair-of-halves": case(metadata(b'{"skill_id": "\\ud83d\\ude00"}'), "skill-id-format"),
    "metadata-halves-in-the-wrong-order": case(
        metadata(b'{"skill_id": "\\ude00\\ud83d"}'), "invalid-metadata-json"
    ),
    "metadata-half-in-a-key": case(
        metadata(b'{"skill_id": "a", "\\udfff": 1}'), "invalid-metadata-json"
    ),
    "metadata-key-of-nul": case(
        metadata(b'{"skill_id": "a", "\\u0000": 1, "": 2}'), "missing-metadata-field"
    ),
    "metadata-infinite": _field(b'"weight": 1e999, "x": -1e999'),
    "metadata-minus-zero": _field(b'"weight": -0, "x": -0.0, "y": 1E+2'),
    "metadata-many-quotes": case(
        metadata(b'{"skill_id": "a", "x": "' + b'\\"' * 100_000 + b'"}'), "missing-metadata-field"
    ),
    "metadata-unclosed-quotes": case(
        metadata(b'{"skill_id": "' + b'\\"' * 100_000), "invalid-metadata-json"
    ),
    "metadata-many-strings-unclosed": case(
        metadata(b'{"skill_id": [' + b'"a", ' * 50_000), "invalid-metadata-json"
    ),
    "metadata-many-capabilities": case(
        metadata(
            b'{"skill_id": "a", "capabilities": ['
            + b", ".join(b'"c%d"' % n for n in range(1_000))
            + b"]}"
        )
    ),
    "metadata-many-wrong-capabilities": case(
        metadata(b'{"skill_id": "a", "capabilities": [' + b"1, " * 1_000 + b"1]}"), "metadata-type"
    ),
    "metadata-of-every-wrong-type": case(
        metadata(
            b'{"skill_id": {"a": [1]}, "version": 1.5, "type": [], "weight": {}, "load_priority": 3}'
        ),
        "metadata-type",
    ),
    "metadata-path-out-of-the-skill": case(
        metadata(b'{"skill_id": "../../../../etc/passwd", "version": "1.0.0"}'),
        "skill-id-format",
        "skill-id-mismatch",
    ),
    "metadata-skill-id-of-many-parts": case(
        metadata(b'{"skill_id": "' + b"a/" * 50_000 + b'b"}'), "deep-skill-id"
    ),
    "metadata-many-parts-of-a-version": case(
        metadata(b'{"skill_id": "a", "version": "' + b"1." * 50_000 + b'"}'), "version-format"
    ),
    "metadata-markdown-in-a-value": _field(
        b'"capabilities": ["```\\n# x\\n<!-- -->", "---\\nname: y"], "description": "a\\n---\\nb: c"'
    ),
    "metadata-is-a-folder": case(good(lambda root: (root / "metadata.json").mkdir())),
    "metadata-is-of-four-gigabytes": case(good(sparse("metadata.json", 4 << 30))),
    "metadata-leads-out": case(
        good(link("metadata.json", "../../outside/metadata.json")), "escaping-symlink"
    ),
}
