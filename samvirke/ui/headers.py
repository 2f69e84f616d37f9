"""The strict headers, in one place for Django, the front and the nginx configuration's test."""

_ALONE = "frame-ancestors 'none'"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    f"connect-src 'self'; form-action 'self'; base-uri 'none'; {_ALONE}"
)
FRAMING = f"{POLICY}; frame-src 'self'"
"""The policy of a screen that shows one of our own pages inside it."""
FRAMED = POLICY.replace("script-src 'self'; ", "").replace(_ALONE, "frame-ancestors 'self'")
"""The policy of a page that one of our own screens shows inside it; it runs no script."""
STRICT = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
