"""Requests made by hand, after the vendors' pages and with nothing but Python's standard library.

Usage: handmade.py HOST:PORT
Sends one request to each gateway of a sandbox and prints its answer, one line each:
gateway, HTTP status, content type, body. It shares no code with dockseal on purpose.
"""

import datetime
import gzip
import hashlib
import hmac
import http.client
import json
import sys
import time
import urllib.parse

HOST = sys.argv[1]


def post(name, path, query, body, content_type, headers=None):
    address = path + ("?" + urllib.parse.urlencode(query) if query else "")
    connection = http.client.HTTPConnection(HOST, timeout=20)
    connection.request("POST", address, body, {"Content-Type": content_type, **(headers or {})})
    answer = connection.getresponse()
    text = answer.read()
    if answer.getheader("Content-Encoding") == "gzip":
        text = gzip.decompress(text)
        if len(text) > 1 << 20:
            text = ("%d zeros" % text.count(0)).encode()
    print("\t".join([name, str(answer.status), answer.getheader("Content-Type"), text.decode()]))
    connection.close()


def md5(text):
    return hashlib.md5(text.encode("utf-8")).hexdigest()


def flagship(headers=None, name="wangdian-flagship"):
    body = json.dumps(
        [
            {
                "out_warehouse_no": "手工-01",
                "in_warehouse_no": "W2",
                "operator_name": "admin",
                "producer_no": "SC001",
                "process_count": 1,
                "remark": "斜杠/与<尖括号>",
                "detail_list": [{"spec_no": "A", "num": "2.5"}, {"spec_no": "B", "num": 1, "is_product": True}],
            }
        ],
        ensure_ascii=False,
        indent=1,
    )
    query = {
        "sid": "sandbox",
        "key": "sandbox-key",
        "salt": "sandbox-salt",
        "method": "process.Process.upload",
        "v": "1.0",
        "timestamp": str(int(time.time()) - 1325347200),
    }
    signed = dict(query, body=body)
    text = "".join(k + signed[k] for k in sorted(signed))
    query["sign"] = md5("sandbox-secret" + text + "sandbox-secret")
    post(name, "/openapi", query, body.encode("utf-8"), "application/json", headers)


def enterprise():
    info = {
        "refund_no": "TK1",
        "outer_no": "handmade-1",
        "warehouse_no": "仓库一",
        "detail_list": [{"spec_no": "规格𠮷", "stockin_num": 2, "stockin_price": "0.01"}],
    }
    form = {
        "sid": "sandbox",
        "appkey": "sandbox-key",
        "timestamp": str(int(time.time())),
        "stockin_refund_info": json.dumps(info, ensure_ascii=False),
    }
    packed = ";".join("%02d-%s:%04d-%s" % (len(k), k, len(form[k]), form[k]) for k in sorted(form))
    form["sign"] = md5(packed + "sandbox-secret")
    body = urllib.parse.urlencode(form)
    post("wangdian-enterprise", "/openapi2/stockin_refund_push.php", None, body, "application/x-www-form-urlencoded")


def top():
    receipt = {
        "out_bill_code": "handmade-1",
        "source_type": "ums",
        "warehouse_code": "W1",
        "process_sku_d_o_s": [
            {
                "processed_total_quantity": "1",
                "processed_quantity": "1",
                "finish": True,
                "gmt_start": "2020-08-12 00:00:00",
                "gmt_finish": "2020-08-12 00:00:00",
                "produce_order_no": "P1",
                "ums_order_id": "U1",
                "sku_code": "成品",
                "bom_version": "1",
                "inventory_type_d_o_s": [{"type_quantity": "1", "type_code": "SELLABLE"}],
                "process_material_d_o_s": [
                    {
                        "used_total_quantity": "1",
                        "used_quantity": "1",
                        "sku_code": "原料",
                        "inventory_type_d_o_s": [{"type_quantity": "1", "type_code": "MATERIAL"}],
                    }
                ],
            }
        ],
    }
    beijing = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8)))
    query = {
        "method": "alibaba.wdk.protocol.callback",
        "app_key": "10000001",
        "session": "sandbox-session",
        "timestamp": beijing.strftime("%Y-%m-%d %H:%M:%S"),
        "v": "2.0",
        "sign_method": "hmac-sha256",
        "partner_id": "手工",
    }
    form = {"process_do": json.dumps(receipt, ensure_ascii=False)}
    signed = dict(query, **form)
    text = "".join(k + signed[k] for k in sorted(signed))
    query["sign"] = hmac.new(b"sandbox-secret", text.encode("utf-8"), hashlib.sha256).hexdigest().upper()
    body = urllib.parse.urlencode(form)
    post("taobao-top", "/router/rest", query, body, "application/x-www-form-urlencoded;charset=UTF-8")


def oms():
    item = json.dumps([{"product_bn": "SKU%d" % n, "normal_num": n} for n in range(12)])
    form = {
        "flag": "erpapi",
        "app_id": "ecos.ome",
        "certi_id": "3000000001",
        "from_node_id": "2000000001",
        "node_id": "1000000001",
        "node_type": "ecos.ome",
        "timestamp": str(int(time.time())),
        "method": "wms.stockin.status_update",
        "stockin_bn": "I20250101001",
        "status": "PARTIN",
        "remark": "",
        "item": item,
    }
    # A nested parameter: keys are sorted as texts at every level, without separators.
    batch = {str(n): "v%d" % n for n in range(12)}
    text = ""
    for key in sorted(list(form) + ["more"]):
        text += key
        if key == "more":
            text += "".join(n + batch[n] for n in sorted(batch))
        else:
            text += form[key]
    form["sign"] = md5(md5(text).upper() + "sandbox-token").upper()
    pairs = list(form.items()) + [("more[%s]" % n, value) for n, value in batch.items()]
    post("shopex-oms", "/index.php/api", None, urllib.parse.urlencode(pairs), "application/x-www-form-urlencoded")


flagship()
enterprise()
top()
oms()
# With the faults "gzip" and "gzip-bomb", in this order, on the next two requests.
flagship({"Accept-Encoding": "gzip"}, "gzip")
flagship({"Accept-Encoding": "gzip"}, "gzip-bomb")
