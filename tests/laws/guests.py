"""What does the bearer of a link for people outside get to see of all other addresses?"""

from __future__ import annotations

from flask.testing import FlaskClient

from runtime.web.guard import Guard, guard_of

OWN = "/p/"


def everything_else(client: FlaskClient, token: str) -> list[str]:
    """Return every page that is not for everybody and answers somebody with nothing but a token
    in all the ways in which one can be shown."""
    app = client.application
    headers = {"Authorization": f"Bearer {token}", "X-Panel": "1"}
    client.set_cookie("session", token)
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.rule.startswith(OWN):
            continue
        if guard_of(app.view_functions[rule.endpoint]) is Guard.EVERYBODY:
            continue
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<{name}>", token).replace(f"<path:{name}>", token)
        if "<" not in path and client.get(path, headers=headers).status_code < 400:
            found.append(path)
    return found
