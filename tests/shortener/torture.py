"""Addresses of our own making that every way in must answer alike: what each becomes, or that it is refused.

`ACCEPTED` maps what somebody gives to the canonical form that is stored; `REFUSED` must not be stored at all. The
tests of links, rules, domains, imports and webhooks read both.
"""

LONG = "x" * 7_000
ACCEPTED: dict[str, str] = {
    # spelling of the scheme and the slashes
    "https://example.org": "https://example.org/",
    "HTTPS://example.org/": "https://example.org/",
    "hTtP://example.org/": "http://example.org/",
    "https:example.org": "https://example.org/",
    "https:/example.org/a": "https://example.org/a",
    "https:///example.org/a": "https://example.org/a",
    "https:////example.org/a": "https://example.org/a",
    "https:\\\\example.org\\a": "https://example.org/a",
    "https:/\\example.org/a": "https://example.org/a",
    " https://example.org/ ": "https://example.org/",
    "\u3000https://example.org/\u00a0": "https://example.org/",
    "\thttps://example.org/\r\n": "https://example.org/",
    "\u2028https://example.org/\x85": "https://example.org/",
    # hosts
    "https://EXAMPLE.Org/Path": "https://example.org/Path",
    "https://example.org./": "https://example.org./",
    "https://%65xample.org/": "https://example.org/",
    "https://ex%41mple.org/": "https://example.org/",
    "https://a_b.example.org/": "https://a_b.example.org/",
    "https://a.b--c.example/": "https://a.b--c.example/",
    "https://org/": "https://org/",
    "https://1e3/": "https://1e3/",
    "https://exam{ple.example/": "https://exam{ple.example/",
    f"https://{'a' * 63}.example/": f"https://{'a' * 63}.example/",
    # IDNA
    "https://fa\u00df.example/": "https://xn--fa-hia.example/",
    "https://xn--fa-hia.example/": "https://xn--fa-hia.example/",
    "https://XN--FA-HIA.example/": "https://xn--fa-hia.example/",
    "https://B\u00dcCHER.example/": "https://xn--bcher-kva.example/",
    "https://bu\u0308cher.example/": "https://xn--bcher-kva.example/",
    "https://\uff25\uff38\uff21\uff2d\uff30\uff2c\uff25.org/": "https://example.org/",
    "https://example\u3002org/": "https://example.org/",
    "https://example\uff0eorg/": "https://example.org/",
    "https://example\uff61org/": "https://example.org/",
    "https://exa\u00admple.org/": "https://example.org/",
    "https://\u2460\u2461\u2462.example/": "https://123.example/",
    "https://\u00aa.example/": "https://a.example/",
    "https://\U0001f4a9.example/": "https://xn--ls8h.example/",
    "https://\u0430\u0440\u0440\u04cf\u0435.example/": "https://xn--80ak6aa92e.example/",
    "https://\u4f8b\u3048.example/": "https://xn--r8jz45g.example/",
    # IPv4 in every spelling
    "http://192.0.2.7/": "http://192.0.2.7/",
    "http://192.0.2.7./": "http://192.0.2.7/",
    "http://0300.0.02.07/": "http://192.0.2.7/",
    "http://0xc0.0.2.0x7/": "http://192.0.2.7/",
    "http://3221225991/": "http://192.0.2.7/",
    "http://0xC0000207/": "http://192.0.2.7/",
    "http://192.519/": "http://192.0.2.7/",
    "http://192.0.519/": "http://192.0.2.7/",
    "http://\uff11\uff19\uff12.0.2.7/": "http://192.0.2.7/",
    # IPv6
    "https://[::1]": "https://[::1]/",
    "https://[2001:DB8::1]:8443/": "https://[2001:db8::1]:8443/",
    "https://[2001:db8:0:0:0:0:0:1]/": "https://[2001:db8::1]/",
    "https://[::ffff:192.0.2.7]/": "https://[::ffff:c000:207]/",
    "https://[1:2:3:4:5:6:7:8]/": "https://[1:2:3:4:5:6:7:8]/",
    # ports
    "https://example.org:443/": "https://example.org/",
    "http://example.org:80/": "http://example.org/",
    "http://example.org:443/": "http://example.org:443/",
    "https://example.org:/": "https://example.org/",
    "https://example.org:00443/": "https://example.org/",
    "https://example.org:65535/": "https://example.org:65535/",
    "https://example.org:1/": "https://example.org:1/",
    # empty credentials are none
    "https://@example.org/": "https://example.org/",
    "https://:@example.org/": "https://example.org/",
    # paths
    "https://example.org/a/../b": "https://example.org/b",
    "https://example.org/a/./b/%2e%2e/c": "https://example.org/a/c",
    "https://example.org/../../a": "https://example.org/a",
    "https://example.org/%2e%2E/a": "https://example.org/a",
    "https://example.org//a//b": "https://example.org//a//b",
    "https://example.org/a b": "https://example.org/a%20b",
    "https://example.org/\u00fc": "https://example.org/%C3%BC",
    "https://example.org/%c3%bc": "https://example.org/%c3%bc",
    "https://example.org/\U0001f600": "https://example.org/%F0%9F%98%80",
    "https://example.org/\u202e": "https://example.org/%E2%80%AE",
    "https://example.org/\ufffd": "https://example.org/%EF%BF%BD",
    "https://example.org/%": "https://example.org/%",
    "https://example.org/%zz": "https://example.org/%zz",
    "https://example.org/%00": "https://example.org/%00",
    "https://example.org/%0d%0aSet-Cookie:x": "https://example.org/%0d%0aSet-Cookie:x",
    "https://example.org/\\@evil.example/": "https://example.org//@evil.example/",
    "https://example.org\\@evil.example/": "https://example.org/@evil.example/",
    "https://evil.example\\.example.org": "https://evil.example/.example.org",
    "https://example.org/;a=b,c": "https://example.org/;a=b,c",
    "https://example.org/{a}|b^c`d": "https://example.org/%7Ba%7D|b^c%60d",
    "https://example.org/<script>": "https://example.org/%3Cscript%3E",
    'https://example.org/"onload="x': "https://example.org/%22onload=%22x",
    "https://example.org/'": "https://example.org/'",
    # queries and fragments
    "https://example.org?a=b": "https://example.org/?a=b",
    "https://example.org/?": "https://example.org/?",
    "https://example.org/?a b='\"<>": "https://example.org/?a%20b=%27%22%3C%3E",
    "https://example.org/?q=\u00e9": "https://example.org/?q=%C3%A9",
    "https://example.org/?next=javascript:alert(1)": "https://example.org/?next=javascript:alert(1)",
    "https://example.org/?u=https://user:pw@x/": "https://example.org/?u=https://user:pw@x/",
    "https://example.org/?`{}|^[]": "https://example.org/?`{}|^[]",
    "https://example.org/?a=1&a=2&a": "https://example.org/?a=1&a=2&a",
    "https://example.org#x": "https://example.org/#x",
    "https://example.org/#a#b": "https://example.org/#a#b",
    "https://example.org/#`<>\" ": "https://example.org/#%60%3C%3E%22",
    "https://example.org/#\u00e9": "https://example.org/#%C3%A9",
    "https://example.org/?a=@b#@c": "https://example.org/?a=@b#@c",
    f"https://example.org/{LONG}": f"https://example.org/{LONG}",
}  # fmt: skip

REFUSED: tuple[str, ...] = (
    # nothing, or no address
    "", " ", "\u3000", "example", "example.org", "www.example.org/a", "//example.org/", "/a", "?a", "#a", "https", ":",
    "example.org:443/", "1", "https ://example.org/", "h ttps://example.org/", "://example.org/",
    # other schemes, however they are spelled
    "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "javascript://example.org/%0aalert(1)",
    "java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", "javascript&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>", "DATA:text/html;base64,PHNjcmlwdD4=", "vbscript:msgbox(1)",
    "file:///etc/passwd", "file://localhost/etc/passwd", "ftp://example.org/", "ws://example.org/",
    "wss://example.org/", "blob:https://example.org/x", "filesystem:https://example.org/x",
    "view-source:https://example.org", "about:blank", "mailto:a@example.org", "tel:+431", "intent://x#Intent;end",
    "gopher://example.org/", "httpss://example.org/", "http+unix://example.org/",
    # empty hosts
    "https:", "https://", "https:///", "https://:443/", "https://?a", "https://#a", "https://@/", "http://.",
    # credentials
    "https://user:secret@example.org/", "https://user@example.org/", "https://:secret@example.org/",
    "https://user%3Asecret@example.org/", "https://example.org@evil.example/", "https://example.org%2f@evil.example/",
    "https://a:b@c:d@example.org/", "https:user@example.org", "https:\\\\user@example.org/",
    # control characters, tabs, ends of lines
    "https://example.org/\r\nSet-Cookie: x", "https://exam\tple.org/",
    "https://exa\u2028mple.org/", "https://example.org/\x00", "https://ex\x00ample.org/", "https://example.org/\x1b[0m",
    "https://example.org/\x7f", "https://example.org/\x85a", "https://example.org/\u2028a", "\x00https://example.org/",
    # hosts that cannot be
    "https://ex ample.org/", "https://ex<ample.org/", "https://ex^ample.org/", "https://ex|ample.org/",
    "https://ex%ample.org/", "https://ex%00ample.org/", "https://ex%20ample.org/", "https://example.org%40evil.example/",
    "https://example..org/", "https://.example.org/", f"https://{'a' * 64}.example/",
    f"https://{'a.' * 130}example/",
    # IDNA errors
    "https://xn--/", "https://xn--a/", "https://xn--a-ecp.example/", "https://xn--zn7c.example/",
    "https://ex\u200dample.org/", "https://\u202eexample.org/", "https://\u00ad/", "https://example.org\uff0fpath/",
    "https://a\u2024b.example/", "https://\uff05\uff14\uff11.example/", "https://\ud800.example/",
    # IP addresses that are none
    "http://256.0.2.7/", "http://192.0.2.7.9/", "http://4294967296/", "http://0x100000000/", "http://09/",
    "http://a.192.0.2.7/", "https://[::1/", "https://::1/", "https://[::1]x/", "https://[1::2::3]/",
    "https://[1:2:3:4:5:6:7]/", "https://[::ffff:192.0.2]/", "https://[fe80::1%25eth0]/", "https://[g::1]/",
    # ports that are none
    "https://example.org:65536/", "https://example.org:-1/", "https://example.org:+80/", "https://example.org:8o/",
    "https://example.org: 80/", "https://example.org:\uff18\uff10/", "https://example.org:0/", "https://example.org:80:80/",
    # too long, as given or when encoded
    "https://example.org/" + "x" * 16_384, "https://example.org/" + "\u00fc" * 3_000, "x" * 16_384,
    # our own short addresses, in any spelling
    "http://localhost:8001/x", "http://LOCALHOST:8001/x", "http://localhost.:8001/x", "http://local%68ost:8001/x",
    "http:\\\\localhost:8001\\x", "http://\uff4cocalhost:8001/", "http://localhost:08001/x",
    "http://localhost:8000/go/localhost/x", "http://localhost:8000/a/../go/localhost/x",
)  # fmt: skip

OWN = tuple(text for text in REFUSED if "8000/" in text or "8001" in text)
"""Those of REFUSED that only links (and pages of domains) must refuse: they are addresses of this portal itself."""

STORABLE = tuple(text for text in REFUSED if text.strip() and "\0" not in text and "\ud800" not in text)
"""Those of REFUSED that a browser can send in a form and a database could store."""
