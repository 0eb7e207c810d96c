"""A badge with a score, as a self-contained SVG: it loads no font, script or address."""

_TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" \
aria-label="{label}: {value}">
<title>{label}: {value}</title>
<rect width="{width}" height="20" rx="3" fill="#555"/>
<rect x="{split}" width="{right}" height="20" rx="3" fill="{color}"/>
<rect x="{split}" width="4" height="20" fill="{color}"/>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="{left_middle}" y="14">{label}</text>
<text x="{right_middle}" y="14">{value}</text>
</g>
</svg>
"""
_LABEL = "skill score"
_LEFT, _RIGHT = 74, 38


def badge(total: float) -> str:
    """The badge for a total from 0 to 1. Real skills seldom pass 0.4, and none reaches 1."""
    color = "#4c1" if total >= 0.4 else "#97ca00" if total >= 0.25 else "#dfb317"
    return _TEMPLATE.format(
        width=_LEFT + _RIGHT,
        split=_LEFT,
        right=_RIGHT,
        left_middle=_LEFT / 2,
        right_middle=_LEFT + _RIGHT / 2,
        label=_LABEL,
        value=f"{total:.2f}",
        color=color,
    )
