"""Verifies captured requests after the vendors' pages, with nothing but Python's standard library.

Reads one JSON object a line: {"gateway", "secret", "url", "headers", "body"}, header names in lower
case, the body as text. Prints one line each: "ok", or "bad: " and what is wrong. It shares no code
with dockseal on purpose.
"""

import datetime
import hashlib
import hmac
import json
import re
import sys
import time
import urllib.parse

YEAR_ZERO_OF_FLAGSHIP = 1325347200


class Bad(Exception):
    pass


def demand(right, text):
    if not right:
        raise Bad(text)


def pairs(text):
    """The decoded pairs of a query or a form; each name may come once."""
    found = urllib.parse.parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), errors="strict")
    names = [name for name, _ in found]
    demand(len(names) == len(set(names)), "a name comes twice")
    demand(all(name.isascii() for name in names), "a name is not ASCII")
    return dict(found)


def md5(text):
    return hashlib.md5(text.encode("utf-8")).hexdigest()


def near(seconds, window):
    demand(abs(seconds - time.time()) < window, "the time stamp is outside the window")


def content_type(headers, wanted):
    said = headers.get("content-type", "").split(";")[0].strip().lower()
    demand(said == wanted, "the content type is " + said)


FORM = "application/x-www-form-urlencoded"


def flagship(secret, query, body, headers):
    content_type(headers, "application/json")
    demand(isinstance(json.loads(body), list), "the body is no array of arguments")
    signed = pairs(query)
    sign = signed.pop("sign")
    secret, salt = secret.split(":", 1)
    demand(signed["salt"] == salt, "another salt")
    demand(set(signed) >= {"sid", "key", "method", "v", "timestamp"}, "a system parameter is missing")
    near(int(signed["timestamp"]) + YEAR_ZERO_OF_FLAGSHIP, 120)
    signed["body"] = body
    return sign, md5(secret + "".join(k + signed[k] for k in sorted(signed)) + secret)


def enterprise(secret, query, body, headers):
    content_type(headers, FORM)
    demand(not query, "a parameter in the address")
    signed = pairs(body)
    sign = signed.pop("sign")
    demand(set(signed) >= {"sid", "appkey", "timestamp"}, "a system parameter is missing")
    near(int(signed["timestamp"]), 300)
    # The lengths of code points, of at least so many digits.
    parts = ["%02d-%s:%04d-%s" % (len(k), k, len(signed[k]), signed[k]) for k in sorted(signed)]
    return sign, md5(";".join(parts) + secret)


def top(secret, query, body, headers):
    content_type(headers, FORM)
    system, business = pairs(query), pairs(body)
    demand(not set(system) & set(business), "a name in the address and in the form")
    signed = {**system, **business}
    sign = signed.pop("sign")
    demand(set(system) >= {"method", "app_key", "timestamp", "v", "sign_method"}, "a system parameter is missing")
    demand(all(value.strip() for value in signed.values()), "a blank value was sent")
    beijing = datetime.timezone(datetime.timedelta(hours=8))
    stamp = datetime.datetime.strptime(signed["timestamp"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=beijing)
    near(stamp.timestamp(), 600)
    text = "".join(k + signed[k] for k in sorted(signed))
    digest = {
        "md5": lambda: md5(secret + text + secret),
        "hmac": lambda: hmac.new(secret.encode(), text.encode(), hashlib.md5).hexdigest(),
        "hmac-sha256": lambda: hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest(),
    }
    return sign, digest[signed["sign_method"]]().upper()


def assemble(value):
    if isinstance(value, str):
        return value
    return "".join(key + assemble(value[key]) for key in sorted(value))


def oms(secret, query, body, headers):
    content_type(headers, FORM)
    demand(not query, "a parameter in the address")
    # name[a][b]=value is a table in a table, as PHP reads it.
    signed = {}
    for name, value in pairs(body).items():
        first, *rest = [name.split("[")[0]] + re.findall(r"\[([^\]]*)\]", name)
        at = signed
        for inner in rest:
            at = at.setdefault(first, {})
            first = inner
        at[first] = value
    sign = signed.pop("sign")
    demand(set(signed) >= {"method", "node_id", "from_node_id", "timestamp"}, "a system parameter is missing")
    return sign, md5(md5(assemble(signed)).upper() + secret).upper()


GATEWAYS = {
    "wangdian-flagship": flagship,
    "wangdian-enterprise": enterprise,
    "taobao-top": top,
    "shopex-oms": oms,
}


def judge(line):
    case = json.loads(line)
    query = urllib.parse.urlsplit(case["url"]).query
    try:
        got, wanted = GATEWAYS[case["gateway"]](case["secret"], query, case["body"], case["headers"])
    except Bad as bad:
        return "bad: %s" % bad
    except (KeyError, ValueError) as error:
        return "bad: %s: %s" % (type(error).__name__, error)
    return "ok" if got == wanted else "bad: the signature is %s instead of %s" % (got, wanted)


for line in sys.stdin:
    if line.strip():
        print(judge(line))
