"""The bookmark that opens the form for a new link with the page that is being read."""

import json
from urllib.parse import quote

CODE = (
    "(function(){{var d=document,t=encodeURIComponent(d.title.slice(0,200));"
    "window.open({form}+'?target='+encodeURIComponent(location.href)+'&title='+t,'_blank','noopener')}})()"
)
SCHEME = "javascript"
KEPT = "(){}[]=:;,.+'\"!?&/-_~*"


def address(form_url: str) -> str:
    """The address of the bookmark; `form_url` is that of the form, with its host."""
    return f"{SCHEME}:{quote(CODE.format(form=json.dumps(form_url)), safe=KEPT)}"
