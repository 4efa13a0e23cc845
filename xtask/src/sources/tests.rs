//! The readers, on small invented pages.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;

mod changes;

const PIPES: &str = "---
url: \"https://example.com/doc\"
---

**shop.Order.push**（推送订单）

**1.接口说明**

|     |
| --- |
| **1.1 用途：** 试 |

3.1 地址

| 环境 | 地址 |
| --- | --- |
| 测试 | http://example.com/t |

**order\\_info**

| 名称 | 字段 | 类型 |
| --- | --- | --- |
| 编号 | order\\_no | String |
| --- | --- | --- |
| 状态 | state | Int 0：新<br>1：  旧 |

item 数组元素字段:
| 参数名 | 类型 | 说明 |
|---|---|---|
| sku | string | a \\| b |

包裹(box)
| 参数名 | 类型 |
|---|---|
| size | |

结果
回复为 JSON,字段如下:
| 参数名 | 类型 |
|---|---|
| ok | bool |
";

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(ToString::to_string).collect()
}

fn table(name: &str, rows: &[&[&str]]) -> Table {
    Table {
        name: name.to_owned(),
        rows: rows.iter().map(|cells| row(cells)).collect(),
    }
}

#[test]
fn pipe_tables_are_named_by_their_headings() {
    assert_eq!(
        tables(PIPES).unwrap(),
        [
            table("1", &[&["**1.1 用途：** 试"]]),
            table("3.1", &[&["测试", "http://example.com/t"]]),
            table(
                "order_info",
                &[
                    &["编号", "order_no", "String"],
                    &["状态", "state", "Int 0：新\n1： 旧"]
                ]
            ),
            table("item[]", &[&["sku", "string", "a | b"]]),
            table("box", &[&["size", ""]]),
            table("结果", &[&["ok", "bool"]]),
        ]
    );
}

#[test]
fn outer_pipes_may_be_missing_and_names_repeat() {
    let text = "data\nname | type |\n---|---|\na | b |\n\ndata\nname | type\n---|---\nc | d\n";
    assert_eq!(
        tables(text).unwrap(),
        [
            table("data", &[&["a", "b"]]),
            table("data~2", &[&["c", "d"]])
        ]
    );
}

#[test]
fn glued_cells_are_cut_at_field_type_and_length() {
    let text = "shop_push.php(推单)

1.说明

1.1 用途:试

3.请求

   3.1 地址

环境HTTP地址
测试环境http://example.com/a.php

   3.2 公共参数

名称字段类型长度
必须描述
账号sidString
向管理员索取
时间timestampint

   3.3 业务参数

名称字段类型长度必须描述
单据order_infodata
见下

order_info

名称字段类型长度必须描述
单号order_novarchar40ERP内的单号
平台IDplatform_idsmallint6
费用post_feedecimal(19,4)费用(point 可空)
审核is_checktinyint11:是 0:否
批次is_batchvarchar400:否;1:是
是否停用
is_disabledvarchar

0在用
日期made_datedatedatetime日期
明细detail_listdata[ ]
明细列表

4.响应
";
    assert_eq!(
        tables(text).unwrap(),
        [
            table("3.1", &[&["测试环境", "http://example.com/a.php"]]),
            table(
                "3.2",
                &[
                    &["账号", "sid", "String", "", "向管理员索取"],
                    &["时间", "timestamp", "int", "", ""]
                ]
            ),
            table("3.3", &[&["单据", "order_info", "data", "", "见下"]]),
            table(
                "order_info",
                &[
                    &["单号", "order_no", "varchar", "40", "ERP内的单号"],
                    &["平台ID", "platform_id", "smallint", "6", ""],
                    &["费用", "post_fee", "decimal(19,4)", "", "费用(point 可空)"],
                    &["审核", "is_check", "tinyint", "1", "1:是 0:否"],
                    &["批次", "is_batch", "varchar", "40", "0:否;1:是"],
                    &["是否停用", "is_disabled", "varchar", "", "0在用"],
                    &["日期", "made_date", "datedatetime", "", "日期"],
                    &["明细", "detail_list", "data[]", "", "明细列表"],
                ]
            ),
        ]
    );
}

#[test]
fn glued_tables_may_have_the_field_first() {
    let text = "列表\n\n接口名方法功能描述\nwms.box.addPOST新增\n\n系统级参数\n\n参数名类型必填名称描述\nflagstring标识固定\n\nitem 数组元素字段\n\n参数名类型必填说明\norderQtyint数量\n";
    assert_eq!(
        tables(text).unwrap(),
        [
            table("列表", &[&["wms.box.add", "POST", "新增"]]),
            table("系统级参数", &[&["flag", "string", "标识固定"]]),
            table("item[]", &[&["orderQty", "int", "数量"]]),
        ]
    );
}

const BULLETS: &str = "shop.order.push (推送)

请求参数

名称 类型 是否必须 示例值 更多限制 描述
user String 必须 x 用户
order OrderDo 可选 单
  • box_list
  • BoxDo []
  • 必须
  • 最大列表长度:20
  • 箱
  • └ code
  • String
  • 必须
  • A
  • 编码

    * 可选值 ONE

响应参数

名称 类型 示例值 描述
result Result 结果
  • └ name
  • String
  • shop
  • String
  • data
  • DataDo
  • 数据
tags String [] a,b

请求示例
req.setUser(\"x\");

错误码 错误描述 解决方案
isv.no-box 没有箱子 加箱子

API工具
";

#[test]
fn bullets_are_cells() {
    assert_eq!(
        tables(BULLETS).unwrap(),
        [
            table(
                "request",
                &[
                    &["user", "String", "必须", "x 用户"],
                    &["order", "OrderDo", "可选", "单"],
                    &["box_list", "BoxDo []", "必须", "最大列表长度:20", "箱"],
                    &["code", "String", "必须", "A", "编码\n* 可选值 ONE"],
                ]
            ),
            table(
                "reply",
                &[
                    &["result", "Result", "结果"],
                    &["name", "String", "shop", "String"],
                    &["data", "DataDo", "数据"],
                    &["tags", "String []", "a,b"],
                ]
            ),
            table("errors", &[&["isv.no-box", "没有箱子 加箱子"]]),
        ]
    );
}

#[test]
fn a_page_without_tables_is_an_error() {
    assert!(tables("").is_err());
    assert!(tables("nothing here\n").is_err());
    assert!(tables("| a |\n| --- |\n").is_err());
}
