"""Signs: strokes in a box of 24 × 24, drawn with the colour of the words beside them."""

from __future__ import annotations

ICONS = {
    "bank": '<path d="M3 9l9-5 9 5zM5 9v9M10 9v9M14 9v9M19 9v9M3 20h18"/>',
    "bell": '<path d="M6 17V11a6 6 0 0112 0v6l2 2H4z"/><path d="M10 21h4"/>',
    "book": '<path d="M5 4h12a2 2 0 012 2v14H7a2 2 0 01-2-2z"/><path d="M9 9h6M9 13h6"/>',
    "box": '<path d="M4 8l8-4 8 4v8l-8 4-8-4z"/><path d="M4 8l8 4 8-4M12 12v8"/>',
    "cal": '<rect x="4" y="5" width="16" height="16" rx="3"/><path d="M4 10h16M8 3v4M16 3v4"/>',
    "camera": '<path d="M3 8h4l2-3h6l2 3h4v12H3z"/><circle cx="12" cy="13.5" r="3.5"/>',
    "cart": (
        '<path d="M3 5h2.5l2 11h10l2.5-8H7"/><circle cx="9.5" cy="20" r="1.4"/>'
        '<circle cx="16.5" cy="20" r="1.4"/>'
    ),
    "chart": '<path d="M4 4v16h16"/><path d="M8 16v-4M12 16V8M16 16v-6"/>',
    "chat": '<path d="M4 5h16v11h-9l-5 4v-4H4z"/><path d="M8 9.5h8M8 12.5h5"/>',
    "check": '<path d="M5 13l4.5 4.5L19 7"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "cloud": (
        '<path d="M7 18a4.5 4.5 0 01-.5-9A6 6 0 0118 10.5a3.8 3.8 0 01-.5 7.5z"/>'
        '<path d="M9 13l2.2 2.2L15 11.5"/>'
    ),
    "copy": '<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15V6a2 2 0 012-2h9"/>',
    "doc": '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 12h6M9 16h6"/>',
    "down": '<path d="M5 9l7 7 7-7"/>',
    "edit": '<path d="M4 20l1-5L16 4l4 4L9 19z"/>',
    "fair": '<path d="M3 9l2-5h14l2 5"/><path d="M3 9a3 3 0 006 0 3 3 0 006 0 3 3 0 006 0M5 12v8h14v-8"/>',
    "file": '<path d="M12 3v11M7.5 10l4.5 4.5 4.5-4.5"/><path d="M4 17v4h16v-4"/>',
    "filter": '<path d="M4 7h16M7 12h10M10 17h4"/>',
    "globe": (
        '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 4 6 4 9s-1 6-4 9c-3-3-4-6-4-9s1-6 4-9z"/>'
    ),
    "home": '<path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z"/>',
    "leaf": '<path d="M5 19C4 10 9 4 20 4c0 11-6 16-15 15z"/><path d="M5 19C8 14 11 11 15 9"/>',
    "left": '<path d="M15 5l-7 7 7 7"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6v0M4.5 12v0M4.5 18v0"/>',
    "lock": '<rect x="5" y="11" width="14" height="10" rx="2"/><path d="M8 11V8a4 4 0 018 0v3"/>',
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2.5"/><path d="M3.5 7l8.5 6.5L20.5 7"/>',
    "map": '<path d="M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2z"/><path d="M9 4v14M15 6v14"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "minus": '<path d="M5 12h14"/>',
    "money": (
        '<rect x="3" y="6" width="18" height="12" rx="2.5"/><circle cx="12" cy="12" r="2.8"/>'
        '<path d="M6.5 9.5v0M17.5 14.5v0"/>'
    ),
    "people": (
        '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.8-4 3-6 6.5-6s5.7 2 6.5 6"/>'
        '<path d="M15.5 5a3.5 3.5 0 010 6.5M18 14.5c2 .8 3 2.5 3.5 5.5"/>'
    ),
    "phone": (
        '<path d="M6 3h3l2 5-2.5 2a12 12 0 005.5 5.5L16 13l5 2v3a3 3 0 01-3 3A15 15 0 013 6a3 3 0 013-3z"/>'
    ),
    "pin": (
        '<path d="M12 21s7-6.5 7-11.5A7 7 0 005 9.5C5 14.5 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>'
    ),
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4v-7h16v7h-3"/><path d="M7 14h10v6H7z"/>',
    "qr": '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2"/>',
    "refresh": '<path d="M20 12a8 8 0 11-2.5-5.8M20 4v4h-4"/>',
    "right": '<path d="M9 5l7 7-7 7"/>',
    "scale": '<path d="M12 4v16M7 20h10M5 7h14"/><path d="M5 7l-3 7h6zM19 7l-3 7h6z"/>',
    "search": '<circle cx="11" cy="11" r="7"/><path d="M20 20l-4-4"/>',
    "share": (
        '<circle cx="6" cy="12" r="2.5"/><circle cx="17" cy="6" r="2.5"/>'
        '<circle cx="17" cy="18" r="2.5"/><path d="M8.3 10.9l6.4-3.6M8.3 13.1l6.4 3.6"/>'
    ),
    "shield": (
        '<path d="M12 3l8 3v6c0 5-3.5 8-8 9.5C7.5 20 4 17 4 12V6z"/><path d="M8.5 12l2.5 2.5 4.5-5"/>'
    ),
    "star": '<path d="M12 4l2.5 5.3 5.8.8-4.2 4 1 5.7L12 17l-5.1 2.8 1-5.7-4.2-4 5.8-.8z"/>',
    "sun": (
        '<circle cx="12" cy="12" r="4.5"/>'
        '<path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4'
        ' 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"/>'
    ),
    "trash": '<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5"/>',
    "truck": (
        '<path d="M2 6h11v10H2zM13 9h4l4 4v3h-8z"/><circle cx="7" cy="18" r="2"/>'
        '<circle cx="17" cy="18" r="2"/>'
    ),
    "up": '<path d="M5 17L17 6M9 6h8v8"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 4-7 8-7s7 2 8 7"/>',
    "warn": '<path d="M12 4l9.5 16h-19z"/><path d="M12 10v4.5M12 17.3v0"/>',
    "x": '<path d="M6 6l12 12M18 6L6 18"/>',
    "zoom": '<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/>',
}


def symbols() -> str:
    """`i-<name>` for each sign."""
    return "".join(
        f'<symbol id="i-{name}" viewBox="0 0 24 24">{lines}</symbol>' for name, lines in ICONS.items()
    )
