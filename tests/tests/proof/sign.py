"""Signs parameter sets after the gateways' pages, with nothing but Python's standard library.

Reads one JSON object a line: {"gateway", "secret", "params": [[name, value], ...]}, where a value is
text, null, a boolean, an integer, a list, or {"map": [[name, value], ...]}; and, where they matter,
"method" (the digest of the Taobao platform), "tail" (its body without a name) and "unit" (what the
lengths of the enterprise gateway count). Prints one signature a line. It shares no code with dockseal
on purpose.
"""

import hashlib
import hmac
import json
import sys
import unicodedata


def md5(text):
    return hashlib.md5(text.encode("utf-8")).hexdigest()


def in_bytes(pairs):
    """Sorted by the bytes of the names."""
    return sorted(pairs, key=lambda pair: pair[0].encode("utf-8"))


def plain(value):
    """How PHP writes a value into text."""
    if value is True:
        return "1"
    if value is False:
        return "0"
    return value if isinstance(value, str) else "%d" % value


def flagship(case):
    text = "".join(name + plain(value) for name, value in in_bytes(case["params"]) if name != "sign")
    return md5(case["secret"] + text + case["secret"])


UNITS = {
    "code points": len,
    "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
    "utf-8": lambda text: len(text.encode("utf-8")),
}


def enterprise(case):
    length = UNITS[case["unit"]]
    parts = [
        "%02d-%s:%04d-%s" % (length(name), name, length(value), value)
        for name, value in in_bytes(case["params"])
        if name != "sign"
    ]
    return md5(";".join(parts) + case["secret"])


def is_blank(text):
    """Empty, or nothing but what Java's Character.isWhitespace knows."""
    for c in text:
        if c in "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f":
            continue
        if c in "\u00a0\u2007\u202f" or unicodedata.category(c) not in ("Zs", "Zl", "Zp"):
            return False
    return True


def top(case):
    signed = [(name, value) for name, value in case["params"] if name != "sign" and not is_blank(value)]
    text = "".join(name + value for name, value in in_bytes(signed)) + case.get("tail", "")
    secret, method = case["secret"], case["method"]
    if method == "md5":
        return md5(secret + text + secret).upper()
    kind = {"hmac": hashlib.md5, "hmac-sha256": hashlib.sha256}[method]
    return hmac.new(secret.encode("utf-8"), text.encode("utf-8"), kind).hexdigest().upper()


def assemble(pairs):
    text = ""
    for name, value in in_bytes(pairs):
        if value is None:
            continue
        if isinstance(value, list):
            value = assemble([(str(index), item) for index, item in enumerate(value)])
        elif isinstance(value, dict):
            value = assemble(value["map"])
        text += name + plain(value)
    return text


NOT_SIGNED = ("sign", "_FROM_MQ_QUEUE", "rpc_id", "task_type", "taskmgr_sign")


def oms(case):
    signed = [(name, value) for name, value in case["params"] if name not in NOT_SIGNED]
    return md5(md5(assemble(signed)).upper() + case["secret"]).upper()


GATEWAYS = {
    "wangdian-flagship": flagship,
    "wangdian-enterprise": enterprise,
    "taobao-top": top,
    "shopex-oms": oms,
}

for line in sys.stdin:
    case = json.loads(line)
    print(GATEWAYS[case["gateway"]](case))
sys.stdout.flush()
