//! Invented APIs, as many as are asked for: what the generator and the compiler cost when there are
//! more than five.
//!
//! Each has thirty fields and a small reply: a request of twenty fields, the last of them a list of
//! lines of ten. Names, kinds and limits follow from the API's number alone, so that every run has
//! the same. They are written twice: as [`schemas`], and as the types that a user would write by
//! hand with serde's derive ([`derived`]).

mod derived;
mod schemas;

pub use derived::derived;
pub use schemas::schemas;

/// Fields of a request, its lines included.
const REQUEST: usize = 20;
/// Fields of a line.
const LINE: usize = 10;

/// One API.
struct Api {
    number: usize,
    /// The request but for its lines.
    request: Vec<Field>,
    line: Vec<Field>,
    reply: Vec<Field>,
}

/// One field.
struct Field {
    name: String,
    title: String,
    description: String,
    kind: Kind,
    required: bool,
}

/// What a field holds. Texts are most of them, as in the vendors' documents.
#[derive(Clone, Copy)]
enum Kind {
    /// Of at most so many characters.
    Text(u32),
    Decimal,
    Integer,
    Boolean,
    Time,
    /// One of a few texts: the API's own enum.
    State,
}

/// What fields are about: singular, and the Chinese term.
const THINGS: &[(&str, &str)] = &[
    ("order", "订单"),
    ("warehouse", "仓库"),
    ("goods", "货品"),
    ("batch", "批次"),
    ("supplier", "供应商"),
    ("shop", "店铺"),
    ("buyer", "买家"),
    ("parcel", "包裹"),
    ("carrier", "承运商"),
    ("invoice", "发票"),
    ("payment", "付款"),
    ("refund", "退款"),
    ("return", "退货"),
    ("stock", "库存"),
    ("position", "货位"),
    ("package", "包装"),
    ("unit", "单位"),
    ("brand", "品牌"),
    ("category", "类目"),
    ("contract", "合同"),
    ("purchase", "采购"),
    ("transfer", "调拨"),
    ("process", "加工"),
    ("audit", "审核"),
    ("receipt", "收据"),
    ("vehicle", "车辆"),
    ("driver", "司机"),
    ("route", "路线"),
    ("region", "地区"),
    ("store", "门店"),
    ("member", "会员"),
];

/// The kinds of a message's fields in turn, each with what it says of its thing.
const KINDS: &[(Kind, &str, &str, &str)] = &[
    (Kind::Text(40), "no", "编号", "Number"),
    (Kind::Text(255), "name", "名称", "Name"),
    (Kind::Decimal, "fee", "费用", "Cost"),
    (Kind::Text(64), "code", "编码", "Code"),
    (Kind::Integer, "count", "数量", "Count"),
    (Kind::Text(40), "type_name", "类型名称", "Name of the type"),
    (Kind::Time, "time", "时间", "Time"),
    (Kind::Text(255), "remark", "备注", "Free text"),
    (Kind::Decimal, "weight", "重量", "Weight"),
    (
        Kind::Boolean,
        "is_checked",
        "是否核对",
        "Whether somebody checked it",
    ),
    (
        Kind::Text(40),
        "source_no",
        "来源编号",
        "Number at its source",
    ),
    (Kind::State, "state", "状态", "State"),
    (Kind::Text(128), "address", "地址", "Address"),
    (Kind::Integer, "version", "版本", "Version"),
    (Kind::Text(20), "mobile", "电话", "Telephone number"),
    (Kind::Decimal, "amount", "金额", "Amount"),
    (
        Kind::Text(64),
        "external_no",
        "外部编号",
        "Number elsewhere",
    ),
    (Kind::Text(40), "owner", "货主", "Owner"),
    (Kind::Integer, "index", "序号", "Index"),
];

/// The values of an API's enum: the wire's, the Rust name, the labels.
const STATES: &[(&str, &str, &str, &str)] = &[
    ("NEW", "New", "made and not looked at", "新建"),
    ("CHECKED", "Checked", "checked", "已审核"),
    ("DONE", "Done", "everything is done", "已完成"),
    ("VOID", "Void", "given up", "已作废"),
];

/// A request or a reply.
pub struct Message {
    /// The Rust module of its API.
    pub module: String,
    /// The Rust name.
    pub name: String,
    /// One with all its fields, as both ways to write the types write it.
    pub json: String,
}

/// The messages of the first `count` APIs.
pub fn messages(count: usize) -> impl Iterator<Item = Message> {
    apis(count).flat_map(|api| {
        let line = json(&api.line, None);
        let [request, _, reply] = api.structs();
        [(request, Some(line)), (reply, None)].map(|((name, fields, _), line)| Message {
            module: api.module(),
            json: json(fields, line),
            name,
        })
    })
}

fn json(fields: &[Field], line: Option<String>) -> String {
    let values = fields.iter().enumerate().map(|(index, field)| {
        let value = match field.kind {
            Kind::Text(_) => format!("\"文 {index}\""),
            Kind::Decimal => format!("\"{index}.25\""),
            Kind::Integer => index.to_string(),
            Kind::Boolean => "true".to_owned(),
            Kind::Time => "\"2025-01-31 10:00:00\"".to_owned(),
            Kind::State => "\"CHECKED\"".to_owned(),
        };
        format!("\"{}\":{value}", field.name)
    });
    let lines = line.map(|line| format!("\"lines\":[{line},{line}]"));
    let all: Vec<String> = values.chain(lines).collect();
    format!("{{{}}}", all.join(","))
}

fn apis(count: usize) -> impl Iterator<Item = Api> {
    (0..count).map(|number| Api {
        number,
        request: fields(number, REQUEST - 1),
        line: fields(number + 1, LINE),
        reply: Vec::from([
            field(
                "code",
                "错误码",
                "0 when all went well",
                Kind::Integer,
                true,
            ),
            field(
                "message",
                "错误信息",
                "Why it failed",
                Kind::Text(255),
                false,
            ),
            field(
                "document_no",
                "单据编号",
                "Number of what was made",
                Kind::Text(40),
                false,
            ),
        ]),
    })
}

impl Api {
    /// The Rust name, that of the request; the others begin with it.
    fn rust(&self) -> String {
        format!("Invented{:04}", self.number)
    }

    /// The Rust module, and the method.
    fn module(&self) -> String {
        format!("invented_{:04}", self.number)
    }

    /// The messages and the line, each with its Rust name, and whether it has lines.
    fn structs(&self) -> [(String, &[Field], bool); 3] {
        let rust = self.rust();
        [
            (rust.clone(), &self.request, true),
            (format!("{rust}Line"), &self.line, false),
            (format!("{rust}Reply"), &self.reply, false),
        ]
    }
}

/// Fields of different things, which other messages have in other orders. One of three is required.
fn fields(number: usize, count: usize) -> Vec<Field> {
    // The things are a prime number, so that any step leads to all of them.
    let step = 1 + number % (THINGS.len() - 1);
    let things = THINGS
        .iter()
        .cycle()
        .skip(number % THINGS.len())
        .step_by(step);
    let kinds = KINDS.iter().cycle();
    let both = things.zip(kinds).take(count).enumerate();
    both.map(
        |(index, ((thing, thing_zh), (kind, word, word_zh, said)))| {
            field(
                &format!("{thing}_{word}"),
                &format!("{thing_zh}{word_zh}"),
                &format!("{said} of the {thing}"),
                *kind,
                index % 3 == 0,
            )
        },
    )
    .collect()
}

fn field(name: &str, title: &str, description: &str, kind: Kind, required: bool) -> Field {
    Field {
        name: name.to_owned(),
        title: title.to_owned(),
        description: format!("{description}."),
        kind,
        required,
    }
}
