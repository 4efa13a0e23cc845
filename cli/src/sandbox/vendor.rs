//! How each gateway words a refusal: its codes and texts, as data.

use dockseal::gateway::Gateway;

use super::wrong::Wrong;

/// A refusal in a vendor's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: String,
    pub(super) sub_code: String,
    pub(super) message: String,
    /// What exactly is wrong, where the envelope has a place beside the message.
    pub(super) detail: String,
}

/// What is peculiar to a gateway.
pub(super) struct Vendor {
    gateway: &'static str,
    /// The code is a JSON number.
    pub(super) numeric: bool,
    /// The status of a failure, where the status is not the code itself.
    pub(super) failed: &'static str,
    /// The member that takes the detail; it is put behind the message where there is none.
    pub(super) detail: Option<&'static str>,
    /// Members that every failure has besides.
    pub(super) besides: &'static [(&'static str, &'static str)],
    rows: &'static [Row],
    throttles: &'static [(&'static str, &'static str, &'static str)],
}

/// The kind of what is wrong and the parameter, if that matters; then code, sub code and words.
/// `{}` stands for the parameter or field.
type Row = (
    &'static str,
    Option<&'static str>,
    &'static str,
    &'static str,
    &'static str,
);

static VENDORS: [Vendor; 4] = [
    Vendor {
        gateway: "wangdian-flagship",
        numeric: true,
        failed: "",
        detail: None,
        besides: &[],
        rows: &[
            ("missing-parameter", None, "2", "", "{}"),
            ("unknown-account", None, "1", "", "sid is not exists"),
            ("credential", None, "1", "", "app auth fail"),
            ("constant", None, "8", "", "版本号错误"),
            ("signature", None, "1", "", "验证失败"),
            ("time-stamp", None, "1", "", "For input string"),
            ("clock", None, "7", "", "timestamp 时间差超过 2 分钟"),
            ("no-such-method", None, "100", "", "接口不存在"),
            ("missing-field", None, "100", "", "参数缺失"),
            ("invalid", None, "100", "", "参数校验未通过"),
            ("", None, "1", "", "参数错误"),
        ],
        throttles: &[
            ("100", "", "超过每分钟最大调用频率限制,请稍后重试"),
            ("100", "", "超过每分钟最大调用频率限制，请稍后重试"),
            ("100", "", "超过每分钟最大并发次数限制，请稍后重试"),
        ],
    },
    Vendor {
        gateway: "wangdian-enterprise",
        numeric: false,
        failed: "",
        detail: None,
        besides: &[],
        rows: &[
            ("missing-parameter", Some("appkey"), "41", "", "缺少参数"),
            ("unknown-account", None, "40", "", "卖家账号不存在"),
            ("credential", None, "40", "", "接口账号错误"),
            ("signature", None, "40", "", "签名错误"),
            ("time-stamp", None, "40", "", "时间戳格式错误"),
            ("clock", None, "40", "", "时间戳超出允许范围"),
            ("no-such-method", None, "40", "", "接口不存在"),
            ("missing-field", None, "40", "", "缺少参数"),
            ("", None, "40", "", "参数错误"),
        ],
        throttles: &[("40", "", "调用频率过高，请稍后再试")],
    },
    Vendor {
        gateway: "taobao-top",
        numeric: true,
        failed: "",
        detail: Some("sub_msg"),
        besides: &[],
        rows: &[
            (
                "http-method",
                None,
                "9",
                "isv.http-action-not-allowed",
                "Http Action Not Allowed",
            ),
            (
                "missing-parameter",
                Some("method"),
                "21",
                "isv.missing-method",
                "Missing Method",
            ),
            (
                "missing-parameter",
                Some("sign"),
                "24",
                "isv.missing-signature",
                "Missing Signature",
            ),
            (
                "missing-parameter",
                Some("session"),
                "26",
                "isv.missing-session",
                "Missing Session",
            ),
            (
                "missing-parameter",
                Some("app_key"),
                "28",
                "isv.missing-app-key",
                "Missing App Key",
            ),
            (
                "missing-parameter",
                Some("timestamp"),
                "30",
                "isv.missing-timestamp",
                "Missing Timestamp",
            ),
            (
                "missing-parameter",
                Some("v"),
                "32",
                "isv.missing-version",
                "Missing Version",
            ),
            (
                "missing-parameter",
                None,
                "40",
                "isv.missing-parameter:{}",
                "Missing Required Arguments",
            ),
            (
                "unknown-account",
                None,
                "29",
                "isv.appkey-not-exists",
                "Invalid App Key",
            ),
            (
                "credential",
                Some("session"),
                "27",
                "isv.invalid-session",
                "Invalid Session",
            ),
            (
                "credential",
                None,
                "41",
                "isv.invalid-parameter:{}",
                "Invalid Arguments",
            ),
            (
                "constant",
                None,
                "33",
                "isv.invalid-version",
                "Invalid Version",
            ),
            (
                "not-allowed",
                Some("format"),
                "23",
                "isv.invalid-format",
                "Invalid Format",
            ),
            (
                "not-allowed",
                Some("sign_method"),
                "25",
                "isv.invalid-signature",
                "Invalid Signature",
            ),
            (
                "signature",
                None,
                "25",
                "isv.invalid-signature",
                "Invalid Signature",
            ),
            (
                "time-stamp",
                None,
                "31",
                "isv.invalid-timestamp",
                "Invalid Timestamp",
            ),
            (
                "clock",
                None,
                "31",
                "isv.invalid-timestamp",
                "Invalid Timestamp",
            ),
            (
                "no-such-method",
                None,
                "22",
                "isv.invalid-method",
                "Invalid Method",
            ),
            (
                "missing-field",
                None,
                "40",
                "isv.missing-parameter:{}",
                "Missing Required Arguments",
            ),
            (
                "",
                None,
                "41",
                "isv.invalid-parameter:{}",
                "Invalid Arguments",
            ),
        ],
        throttles: &[(
            "7",
            "accesscontrol.limited-by-api-access-count",
            "App Call Limited|This ban will last for 1 more seconds",
        )],
    },
    Vendor {
        gateway: "shopex-oms",
        numeric: false,
        failed: "fail",
        detail: Some("res"),
        besides: &[("data", "")],
        rows: &[
            (
                "missing-parameter",
                Some("method"),
                "E_PARAM",
                "",
                "接口名称必填",
            ),
            (
                "missing-parameter",
                Some("node_id"),
                "E_PARAM",
                "",
                "节点参数必填",
            ),
            ("missing-parameter", Some("sign"), "E_SIGN", "", "签名错误"),
            ("unknown-account", None, "E_PARAM", "", "节点不存在"),
            ("signature", None, "E_SIGN", "", "签名错误"),
            ("no-such-method", None, "E_PARAM", "", "接口不存在"),
            ("", None, "E_PARAM", "", "参数不符合规范"),
        ],
        throttles: &[("E_STATE", "", "订单正在处理，请稍后请求!")],
    },
];

/// A gateway without a table of its own.
static OTHER: Vendor = Vendor {
    gateway: "",
    numeric: false,
    failed: "fail",
    detail: None,
    besides: &[],
    rows: &[("", None, "1", "", "refused")],
    throttles: &[("1", "", "throttled")],
};

impl Vendor {
    pub(super) fn of(gateway: &Gateway) -> &'static Vendor {
        VENDORS
            .iter()
            .find(|vendor| vendor.gateway == gateway.name)
            .unwrap_or(&OTHER)
    }

    /// The refusal for what is wrong; `document` is the document's own text for it, if it has one.
    pub(super) fn refuse(&self, wrong: &Wrong, document: Option<&str>) -> Refusal {
        let parameter = wrong.parameter();
        let row = self.rows.iter().find(|(kind, of, ..)| {
            (kind.is_empty() || *kind == wrong.kind()) && of.is_none_or(|of| Some(of) == parameter)
        });
        let (_, _, code, sub_code, words) = *row.unwrap_or(&("", None, "1", "", "refused"));
        let pointer = wrong.pointer().unwrap_or_default();
        let subject = pointer.trim_start_matches('/').replace('/', ".");
        let words = document.map_or_else(|| words.replace("{}", &subject), str::to_owned);
        let detail = wrong.said().zh.into_owned();
        let sub_code = sub_code
            .replace("{}", &subject)
            .trim_end_matches(':')
            .to_owned();
        match self.detail {
            Some(_) => Refusal {
                code: code.to_owned(),
                sub_code,
                message: words,
                detail,
            },
            None => Refusal {
                code: code.to_owned(),
                sub_code,
                message: format!("{words}：{detail}"),
                detail: String::new(),
            },
        }
    }

    /// The refusal of one call too many; the vendor's own pages word it in several ways, which come
    /// in turn.
    pub(super) fn throttle(&self, turn: usize) -> Refusal {
        let row = self
            .throttles
            .iter()
            .cycle()
            .nth(turn % self.throttles.len().max(1));
        let (code, sub_code, words) = *row.unwrap_or(&("1", "", "throttled"));
        let (message, detail) = words.split_once('|').unwrap_or((words, ""));
        Refusal {
            code: code.to_owned(),
            sub_code: sub_code.to_owned(),
            message: message.to_owned(),
            detail: detail.to_owned(),
        }
    }
}
