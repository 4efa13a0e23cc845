"""A WMS that shares no code with dockseal: it assembles, signs, encodes and pushes by itself, with
Python's standard library only, and compares every answer with what the OMS's documents say.

usage: client.py HOST:PORT NODE TOKEN

Prints a line for each push, `ok NAME` or `FAIL NAME ...`, and ends with 1 if one failed.
"""

import hashlib
import http.client
import json
import sys
import time
import urllib.parse

STOCKIN = "wms.stockin.status_update"
TRANSFER = "wms.transferorder.update"
DONE = {STOCKIN: "入库单状态更新成功", TRANSFER: "转储单状态更新成功"}
MALFORMED = "参数不符合规范"


def assemble(value):
    """Names and values in byte order at every level, nothing between."""
    if isinstance(value, str):
        return value
    pairs = value.items() if isinstance(value, dict) else ((str(n), v) for n, v in enumerate(value))
    ordered = sorted(pairs, key=lambda pair: pair[0].encode())
    return "".join(name + assemble(inner) for name, inner in ordered)


def md5(text):
    return hashlib.md5(text.encode()).hexdigest().upper()


def sign(parameters, token):
    return md5(md5(assemble(parameters)) + token)


def pieces(name, value):
    """A parameter as pieces of a form, with brackets for what is nested."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from pieces(f"{name}[{key}]", inner)
    else:
        for inner in value:
            yield from pieces(f"{name}[]" if isinstance(inner, str) else name, inner)


def encode(parameters):
    return urllib.parse.urlencode([pair for name, value in parameters.items() for pair in pieces(name, value)])


def respell(parameters):
    """The same form in another spelling: other order, every byte escaped, lower-case digits."""
    every = lambda text: "".join(f"%{byte:02x}" for byte in text.encode())
    pairs = [pair for name, value in reversed(parameters.items()) for pair in pieces(name, value)]
    return "&".join(f"{every(name)}={every(value)}" for name, value in pairs)


class Wms:
    def __init__(self, address, node, token):
        self.connection = http.client.HTTPConnection(address, timeout=30)
        self.node, self.token = node, token
        self.clock = int(time.time())
        self.failed = False

    def signed(self, method, business, node=None, token=None, **system):
        self.clock += 1
        parameters = {
            "flag": "erpapi", "app_id": "ecos.ome", "certi_id": "3000000001",
            "from_node_id": "2000000001", "node_id": node or self.node, "node_type": "ecos.ome",
            "timestamp": str(self.clock), "method": method, **business, **system,
        }
        parameters["sign"] = sign(parameters, self.token if token is None else token)
        return parameters

    def send(self, body, path="/index.php/api", verb="POST", content_type="application/x-www-form-urlencoded"):
        headers = {"Content-Type": content_type} if body is not None else {}
        self.connection.request(verb, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.will_close:
            self.connection.close()
        return answer.status, text

    def check(self, name, answer, reply, status=200):
        """The reply has these members, in this order, and no others."""
        try:
            found = json.loads(answer[1], object_pairs_hook=list)
        except ValueError:
            found = None
        wanted = json.loads(json.dumps(reply), object_pairs_hook=list)
        self.tell(name, answer[0] == status and found == wanted, f"{answer[0]} {answer[1].decode()}")
        return answer[1]

    def tell(self, name, good, seen=""):
        self.failed |= not good
        print(f"ok {name}" if good else f"FAIL {name}: {seen}", flush=True)

    def taken(self, name, method, business, **system):
        """Pushes and expects success, with the numbers that were pushed."""
        parameters = self.signed(method, business, **system)
        names = ("stockin_bn", "entry_order_id") if method == STOCKIN else ("order_code", "erp_order_code")
        data = {key: business[key] for key in names if business.get(key)}
        reply = self.check(name, self.send(encode(parameters)), {"rsp": "succ", "msg": DONE[method], "data": data})
        return parameters, reply

    def refused(self, name, parameters, msg, code):
        body = parameters if isinstance(parameters, str) else encode(parameters)
        self.check(name, self.send(body), {"rsp": "fail", "msg": msg, "msg_code": code})

    def same(self, name, body, reply):
        """A second push that gets the first one's answer, byte for byte."""
        answer = self.send(body)
        self.tell(name, answer == (200, reply), f"{answer[0]} {answer[1].decode()}")


def lines(*goods):
    return json.dumps([{"product_bn": bn, "normal_num": good, "defective_num": bad} for bn, good, bad in goods],
                      ensure_ascii=False)


def stock_in(wms):
    example = {
        "stockin_bn": "I20250101001", "status": "FINISH", "warehouse": "WH001", "type": "CGRK",
        "operate_time": "2025-01-01 10:00:00",
        "item": json.dumps([{"product_bn": "SKU001", "normal_num": 10, "defective_num": 0, "batch": [
            {"batchCode": "BATCH001", "produceCode": "PROD001", "productDate": "2024-01-01",
             "expireDate": "2025-01-01", "inventoryType": "ZP", "actualQty": 10}]}]),
    }
    parameters, reply = wms.taken("the document's example", STOCKIN, example)
    wms.same("its retransmission", encode(parameters), reply)
    wms.same("its retransmission in another spelling", respell(parameters), reply)
    wms.taken("finished, pushed again", STOCKIN, example)
    wms.taken("in part after it was finished", STOCKIN, dict(example, status="PARTIN"))

    odd = {
        "entry_order_id": "入库 😀&=+%/1", "io_status": "PARTIN", "remark": "第一行\n第二行 ~*'()\u00a0é",
        "extendProps": {"b": {"10": "x", "9": "y"}, "a": ["一", "二"], "A": "", "键": "值 +"},
        "item": json.dumps([{"product_bn": "货号😀", "normal_num": "3"}], ensure_ascii=False),
    }
    parameters, reply = wms.taken("brackets and characters of all kinds", STOCKIN, odd)
    wms.same("the same in another spelling", respell(parameters), reply)


def in_part(wms):
    first = {"stockin_bn": "I-PART", "status": "PARTIN", "item": lines(("A", 2, 0), ("B", 1, 1), ("A", 3, 0))}
    parameters, reply = wms.taken("in part", STOCKIN, first)
    wms.same("in part, retransmitted", encode(parameters), reply)
    wms.taken("in part, stamped anew", STOCKIN, first)
    second = {"stockin_bn": "I-PART", "entry_order_id": "W-PART", "status": "PARTIN", "item": lines(("C", 7, 0))}
    wms.taken("in part with the second number", STOCKIN, second)
    wms.taken("finished by the second number", STOCKIN,
              {"entry_order_id": "W-PART", "status": "FINISH", "item": lines(("B", 4, 0))})
    wms.taken("in part, too late", STOCKIN, first)

    named = {"stockin_bn": "I-TASK", "status": "PARTIN", "item": lines(("T", 5, 0))}
    _, reply = wms.taken("with a task", STOCKIN, named, task="T-1")
    wms.same("the task stamped anew", encode(wms.signed(STOCKIN, named, task="T-1")), reply)
    wms.taken("another task", STOCKIN, named, task="T-2")
    wms.taken("without items", STOCKIN, {"stockin_bn": "I-EMPTY", "status": "FINISH", "item": ""})


def transfers(wms):
    order = {
        "order_code": "TRF20250101001", "order_status": "PARTIN", "from_warehouse_code": "WH001",
        "to_warehouse_code": "WH002", "create_time": "2025-01-01 10:00:00",
        "item": json.dumps([{"product_bn": "SKU001", "normal_num": 10, "defective_num": 0, "plan_count": 10,
                             "in_count": 10}]),
    }
    parameters, reply = wms.taken("a transfer", TRANSFER, order)
    wms.same("the transfer retransmitted", encode(parameters), reply)
    wms.taken("the transfer finished", TRANSFER, dict(order, order_status="FINISH", erp_order_code="ERP-1"))
    wms.taken("the transfer finished again, by its other number", TRANSFER,
              {"erp_order_code": "ERP-1", "io_status": "FINISH"})


def refusals(wms):
    good = {"stockin_bn": "I-NEVER", "status": "FINISH"}
    right = wms.signed(STOCKIN, good)
    refuse = wms.refused
    refuse("another token", wms.signed(STOCKIN, good, token="other"), "签名错误", "E_SIGN")
    refuse("a signature in lower case", dict(right, sign=right["sign"].lower()), "签名错误", "E_SIGN")
    refuse("a changed number", dict(right, stockin_bn="I-OTHER"), "签名错误", "E_SIGN")
    refuse("no signature", {k: v for k, v in right.items() if k != "sign"}, MALFORMED, "E_PARAM")
    refuse("no node", {k: v for k, v in right.items() if k != "node_id"}, MALFORMED, "E_PARAM")
    refuse("an unknown node", wms.signed(STOCKIN, good, node="404"), "节点不存在", "E_PARAM")
    refuse("another flag", wms.signed(STOCKIN, good, flag="x"), MALFORMED, "E_PARAM")
    refuse("an unknown method", wms.signed("wms.stockin.nothing", good), "接口不存在", "E_PARAM")
    refuse("a name twice", encode(right) + "&status=PARTIN", MALFORMED, "E_PARAM")
    for name, method, business, msg in [
        ("no number", STOCKIN, {"status": "FINISH"}, "入库单号必填"),
        ("an empty number", STOCKIN, {"stockin_bn": "", "status": "FINISH"}, "入库单号必填"),
        ("no number of a transfer", TRANSFER, {"order_status": "FINISH"}, "转储单号必填"),
        ("another status", STOCKIN, dict(good, status="CANCEL"), MALFORMED),
        ("no status", TRANSFER, {"order_code": "T-NEVER"}, MALFORMED),
        ("a time that never was", STOCKIN, dict(good, operate_time="2025-02-30 10:00:00"), MALFORMED),
        ("items that are no JSON", STOCKIN, dict(good, item="[{]"), MALFORMED),
        ("items that are an object", STOCKIN, dict(good, item='{"product_bn":"A"}'), MALFORMED),
        ("items in brackets", STOCKIN, dict(good, item={"0": {"product_bn": "A"}}), MALFORMED),
        ("a line without goods", STOCKIN, dict(good, item='[{"normal_num":1}]'), MALFORMED),
        ("half a piece", STOCKIN, dict(good, item='[{"product_bn":"A","normal_num":10.5}]'), MALFORMED),
        ("more than there can be", TRANSFER, {"order_code": "T-NEVER", "order_status": "FINISH",
         "item": '[{"product_bn":"A","in_count":9223372036854775808}]'}, MALFORMED),
    ]:
        refuse(name, wms.signed(method, business), msg, "E_PARAM")
    both = {"stockin_bn": "I20250101001", "entry_order_id": "W-PART", "status": "FINISH"}
    refuse("numbers of two documents", wms.signed(STOCKIN, both), "单号与已有单据冲突", "E_STATE")
    wms.taken("what was refused is taken once it is right", STOCKIN, {"stockin_bn": "I-LATER", "status": "FINISH"})


def not_read(wms):
    """What is no push is answered in the envelope all the same."""
    body = encode(wms.signed(STOCKIN, {"stockin_bn": "I-NEVER", "status": "FINISH"}))
    for name, status, answer in [
        ("another path", 404, wms.send(body, path="/nowhere")),
        ("another verb", 405, wms.send(None, verb="GET")),
        ("another content type", 415, wms.send(body, content_type="text/plain")),
    ]:
        found = json.loads(answer[1])
        good = answer[0] == status and found["rsp"] == "fail" and found["msg"] and found["msg_code"]
        wms.tell(name, good, f"{answer[0]} {answer[1].decode()}")


def main():
    wms = Wms(*sys.argv[1:4])
    for part in (stock_in, in_part, transfers, refusals, not_read):
        part(wms)
    return 1 if wms.failed else 0


if __name__ == "__main__":
    sys.exit(main())
