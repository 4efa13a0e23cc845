//! The mistakes that people make when they sign, one row each: what was done, what to do instead,
//! and the change of the right recipe that does the same.

use dockseal::sign::{Case, LengthUnit};

use super::json_text::{Slash, Spacing, Wide};
use super::recipe::{
    Blanks, Hash, Join, Key, Lists, Order, Place, Recipe, StampForm, With, Without,
};
use super::values::{Change, Charset, Encoding};

/// One mistake.
pub(super) struct Mistake {
    /// Its stable name.
    pub(super) id: &'static str,
    /// Two mistakes of one step exclude each other.
    pub(super) step: Step,
    /// What was done.
    pub(super) en: &'static str,
    /// What was done, in Chinese.
    pub(super) zh: &'static str,
    /// What to do instead.
    pub(super) fix_en: &'static str,
    /// What to do instead, in Chinese.
    pub(super) fix_zh: &'static str,
    /// Makes it; a recipe that stays as it was does not have this mistake.
    pub(super) make: fn(&mut Recipe),
}

/// The step of signing that a mistake is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Choice,
    Order,
    Lists,
    Stamp,
    Json,
    Value,
    Blank,
    Join,
    Unit,
    Charset,
    Key,
    Place,
    Inner,
    Hash,
    Case,
}

/// A row: id and step, what was done, what to do instead, and how it is made.
const fn row(
    id: &'static str,
    step: Step,
    done: [&'static str; 2],
    instead: [&'static str; 2],
    make: fn(&mut Recipe),
) -> Mistake {
    let ([en, zh], [fix_en, fix_zh]) = (done, instead);
    Mistake {
        id,
        step,
        en,
        zh,
        fix_en,
        fix_zh,
        make,
    }
}

const AS_SENT: [&str; 2] = [
    "sign the very bytes that are sent: make the text once, sign it, send it",
    "签名与发送使用同一份文本：先拼好，再签名，再发送",
];
const DECODED: [&str; 2] = [
    "sign first, with the plain values; encode only while sending",
    "先用原始值签名，发送时再编码",
];
const PLACE: [&str; 2] = [
    "put the secret where the scheme has it",
    "按算法规定的位置拼接密钥",
];
const SECRET: [&str; 2] = [
    "use the signing secret itself, character for character",
    "使用签名密钥本身，逐字符一致",
];
const STAMP: [&str; 2] = [
    "make the time stamp once, as the gateway wants it, then sign and send that text",
    "时间戳只生成一次，按网关格式，签名与发送用同一份",
];
const ALL: [&str; 2] = [
    "sign every parameter that is sent, except the signature",
    "除签名外，所有发送的参数都要签名",
];
const BLANK: [&str; 2] = [
    "do not send parameters without a value; otherwise sign what is sent",
    "没有值的参数不要发送；若发送则按网关规则签名",
];
const UTF8: [&str; 2] = ["sign the UTF-8 bytes", "按 UTF-8 字节签名"];
const SORT: [&str; 2] = [
    "sort all names together by their bytes",
    "所有参数名一起按字节序排序",
];
const HASH: [&str; 2] = [
    "compute the digest that the scheme names",
    "使用算法规定的摘要",
];

const fn encoding(plus: bool, upper: bool, raw: &'static str) -> Change {
    Change::Encoded(Encoding { plus, upper, raw })
}

/// All of them, the frequent ones first.
#[rustfmt::skip]
pub(super) const MISTAKES: &[Mistake] = &[
    row("length-in-bytes", Step::Unit, ["lengths were counted in UTF-8 bytes instead of characters", "长度按 UTF-8 字节计，应按字符计"],
        ["count code points; or send JSON with \\uXXXX, where both are equal", "按 Unicode 码点计；或把 JSON 写成 \\uXXXX，此时两者相同"], |r| if r.has_lengths() { r.unit = LengthUnit::Utf8Bytes }),
    row("length-in-utf16", Step::Unit, ["lengths were counted in UTF-16 units (Java, C#, JavaScript) instead of characters", "长度按 UTF-16 单元计（Java、C#、JavaScript），应按字符计"],
        ["count code points: codePointCount in Java, [...text].length in JavaScript", "按码点计：Java 用 codePointCount，JavaScript 用 [...text].length"], |r| if r.has_lengths() { r.unit = LengthUnit::Utf16 }),
    row("length-without-zeros", Step::Join, ["lengths were written without leading zeros", "长度未补零"],
        ["at least two digits for names, four for values", "名长度至少 2 位，值长度至少 4 位"], |r| if r.has_lengths() { r.join = Join::Lengths { padded: false } }),
    row("unsorted", Step::Order, ["parameters were signed in the order of sending", "参数按发送顺序签名，未排序"], SORT, |r| r.order = Order::Sent),
    row("sorted-ignoring-case", Step::Order, ["names were sorted without regard to case or by a language's rules", "参数名排序时忽略了大小写（或按语言区域排序）"],
        ["compare by bytes: StringComparer.Ordinal, sort() in C locale", "按字节比较：如 StringComparer.Ordinal"], |r| r.order = Order::IgnoringCase),
    row("sorted-descending", Step::Order, ["names were sorted from z to a", "参数名按降序排列"], SORT, |r| r.order = Order::Descending),
    row("sorted-apart", Step::Order, ["system parameters were sorted first, the others behind them", "系统参数与业务参数分别排序"], SORT, |r| r.order = Order::SystemFirst),
    row("body-last", Step::Order, ["the body was put behind all parameters", "请求体被放在所有参数之后"],
        ["sort the body among the parameters, under the name body", "请求体以 body 为名与其他参数一起排序"], |r| r.order = Order::BodyLast),
    row("sign-included", Step::Choice, ["an older signature was signed with the other parameters", "旧的 sign 也参与了签名"],
        ["remove sign before signing again", "重新签名前先去掉 sign"], |r| r.with = With::Sign),
    row("empty-sign-included", Step::Choice, ["an empty sign was signed with the other parameters", "空的 sign 也参与了签名"],
        ["remove sign before signing, do not blank it", "签名前去掉 sign，而不是置空"], |r| r.with = With::EmptySign),
    row("omitted-included", Step::Choice, ["parameters that the gateway never signs were signed", "网关不签名的参数也参与了签名"],
        ["leave out what `dockseal sign explain` lists as left out", "去掉 sign explain 所列的“不参与”参数"], |r| r.with = With::Omitted),
    row("secret-included", Step::Choice, ["the secret was sorted in as a parameter", "密钥被当作参数一起排序签名"], PLACE, |r| r.with = With::Secret),
    row("body-not-signed", Step::Choice, ["the body was not signed", "请求体未参与签名"],
        ["sign the body's exact text as a parameter named body", "把请求体原文以 body 为名参与签名"], |r| r.without = Without::Body),
    row("body-without-name", Step::Join, ["the body was signed without the name body before it", "请求体签名时缺少名称 body"],
        ["sign body as the name, then the body's text", "先拼名称 body，再拼请求体原文"], |r| if r.is_plain() { r.join = Join::BodyWithoutName }),
    row("business-not-signed", Step::Choice, ["only the system parameters were signed", "业务参数未参与签名"], ALL, |r| r.without = Without::Business),
    row("system-not-signed", Step::Choice, ["only the business parameters were signed", "系统参数未参与签名"], ALL, |r| r.without = Without::System),
    row("format-not-signed", Step::Choice, ["format was sent and not signed", "format 已发送但未签名"], ALL, |r| r.without = Without::Names(&["format"])),
    row("v-not-signed", Step::Choice, ["v was sent and not signed", "v 已发送但未签名"], ALL, |r| r.without = Without::Names(&["v"])),
    row("simplify-not-signed", Step::Choice, ["simplify was sent and not signed", "simplify 已发送但未签名"], ALL, |r| r.without = Without::Names(&["simplify"])),
    row("partner-id-not-signed", Step::Choice, ["partner_id was sent and not signed", "partner_id 已发送但未签名"], ALL, |r| r.without = Without::Names(&["partner_id"])),
    row("sign-method-not-signed", Step::Choice, ["sign_method was sent and not signed", "sign_method 已发送但未签名"], ALL, |r| r.without = Without::Names(&["sign_method"])),
    row("session-not-signed", Step::Choice, ["session was sent and not signed", "session 已发送但未签名"], ALL, |r| r.without = Without::Names(&["session"])),
    row("method-not-signed", Step::Choice, ["method was sent and not signed", "method 已发送但未签名"], ALL, |r| r.without = Without::Names(&["method"])),
    row("timestamp-not-signed", Step::Choice, ["timestamp was sent and not signed", "timestamp 已发送但未签名"], ALL, |r| r.without = Without::Names(&["timestamp"])),
    row("salt-not-signed", Step::Choice, ["salt was sent and not signed", "salt 已发送但未签名"], ALL, |r| r.without = Without::Names(&["salt"])),
    row("page-not-signed", Step::Choice, ["page_no, page_size and calc_total were sent and not signed", "page_no、page_size、calc_total 已发送但未签名"], ALL, |r| r.without = Without::Names(&["page_no", "page_size", "calc_total"])),
    row("case", Step::Case, ["the digest was written in the other letter case", "摘要的字母大小写相反"],
        ["write the digest in the scheme's case", "按算法规定的大小写输出摘要"], |r| r.case = match r.case { Case::Lower => Case::Upper, Case::Upper => Case::Lower }),
    row("url-encoded", Step::Value, ["values were URL-encoded before signing (space as +, upper-case hex)", "值在签名前做了 URL 编码（空格为 +，大写十六进制）"], DECODED, |r| r.change = encoding(true, true, "")),
    row("url-encoded-java", Step::Value, ["values were URL-encoded before signing (space as +, * kept)", "值在签名前做了 URL 编码（空格为 +，保留 *）"], DECODED, |r| r.change = encoding(true, true, "*")),
    row("url-encoded-lower", Step::Value, ["values were URL-encoded before signing (space as +, lower-case hex, as .NET does)", "值在签名前做了 URL 编码（空格为 +，小写十六进制，如 .NET）"], DECODED, |r| r.change = encoding(true, false, "!()*")),
    row("url-encoded-20", Step::Value, ["values were URL-encoded before signing (space as %20)", "值在签名前做了 URL 编码（空格为 %20）"], DECODED, |r| r.change = encoding(false, true, "~")),
    row("url-encoded-20-lower", Step::Value, ["values were URL-encoded before signing (space as %20, lower-case hex)", "值在签名前做了 URL 编码（空格为 %20，小写十六进制）"], DECODED, |r| r.change = encoding(false, false, "~")),
    row("url-encoded-js", Step::Value, ["values went through encodeURIComponent before signing", "值在签名前经过了 encodeURIComponent"], DECODED, |r| r.change = encoding(false, true, "!~*'()")),
    row("double-encoded", Step::Value, ["values were URL-encoded twice while sending", "值在发送时被 URL 编码了两次"],
        ["encode once: hand plain values to the HTTP library", "只编码一次：把原始值交给 HTTP 库"], |r| r.change = Change::Decoded),
    row("trimmed", Step::Value, ["white space around values was trimmed before signing", "签名前去掉了值首尾的空白"], AS_SENT, |r| r.change = Change::Trimmed),
    row("html-escaped", Step::Value, ["values were HTML-escaped (&quot;) before signing", "值在签名前做了 HTML 转义（&quot;）"],
        ["take the raw input, before any filter of the framework", "取原始输入，绕过框架的过滤函数"], |r| r.change = Change::Html),
    row("python-booleans", Step::Value, ["booleans were signed as True and False", "布尔值按 True/False 签名"], AS_SENT, |r| r.change = Change::PythonBool),
    row("php-booleans", Step::Value, ["booleans were signed as 1 and nothing", "布尔值按 1 与空串签名"], AS_SENT, |r| r.change = Change::PhpBool),
    row("json-slashes-escaped", Step::Json, ["the JSON was signed with \\/ and sent with /", "签名用的 JSON 含 \\/，发送的是 /"], AS_SENT, |r| r.json.slash = Slash::Escaped),
    row("json-slashes-plain", Step::Json, ["the JSON was signed with / and sent with \\/", "签名用的 JSON 含 /，发送的是 \\/"], AS_SENT, |r| r.json.slash = Slash::Plain),
    row("json-unicode-escaped", Step::Json, ["the JSON was signed with \\uXXXX and sent with plain characters", "签名用的 JSON 含 \\uXXXX，发送的是原字符"], AS_SENT, |r| r.json.wide = Wide::Lower),
    row("json-unicode-escaped-upper", Step::Json, ["the JSON was signed with \\uXXXX in upper case and sent otherwise", "签名用的 JSON 含大写 \\uXXXX，发送的不是"], AS_SENT, |r| r.json.wide = Wide::Upper),
    row("json-unicode-raw", Step::Json, ["the JSON was signed with plain characters and sent with \\uXXXX", "签名用的 JSON 为原字符，发送的是 \\uXXXX"], AS_SENT, |r| r.json.wide = Wide::Raw),
    row("json-compact", Step::Json, ["the JSON was signed without spaces and sent with them", "签名用的 JSON 无空格，发送的有空格"], AS_SENT, |r| r.json.spacing = Spacing::Compact),
    row("json-spaced", Step::Json, ["the JSON was signed with a space behind each comma and colon, and sent without", "签名用的 JSON 逗号与冒号后有空格，发送的没有"], AS_SENT, |r| r.json.spacing = Spacing::Spaced),
    row("json-python", Step::Json, ["json.dumps of Python wrote the signed JSON (spaces and \\uXXXX), another writer the sent one", "签名用的 JSON 由 Python json.dumps 生成（空格与 \\uXXXX），发送的由另一处生成"], AS_SENT,
        |r| { r.json.spacing = Spacing::Spaced; r.json.wide = Wide::Lower; }),
    row("json-php", Step::Json, ["json_encode of PHP wrote the signed JSON (\\/ and \\uXXXX), another writer the sent one", "签名用的 JSON 由 PHP json_encode 生成（\\/ 与 \\uXXXX），发送的由另一处生成"], AS_SENT,
        |r| { r.json.spacing = Spacing::Compact; r.json.slash = Slash::Escaped; r.json.wide = Wide::Lower; }),
    row("json-plain", Step::Json, ["the JSON was signed compact with plain characters and slashes, and sent in another form", "签名用的 JSON 为紧凑原字符形式，发送的是另一种写法"], AS_SENT,
        |r| { r.json.spacing = Spacing::Compact; r.json.slash = Slash::Plain; r.json.wide = Wide::Raw; }),
    row("json-html-escaped", Step::Json, ["the JSON was signed with \\u003c, \\u003e and \\u0026 (Go), and sent without", "签名用的 JSON 含 \\u003c、\\u003e、\\u0026（Go），发送的没有"], AS_SENT, |r| r.json.html = true),
    row("json-sorted", Step::Json, ["the JSON was signed with sorted names and sent in another order", "签名用的 JSON 键已排序，发送的顺序不同"], AS_SENT, |r| { r.json.sorted = true; r.json.spacing = Spacing::Compact; }),
    row("json-unwrapped", Step::Json, ["the only argument was signed without the array around it", "只对参数对象签名，缺少外层数组"], AS_SENT, |r| r.json.unwrapped = true),
    row("secret-not-split", Step::Key, ["secret:salt was used whole as the secret", "secret:salt 未拆分，整体当作密钥"],
        ["split at the first colon: the first half signs, the second is sent as salt", "按第一个冒号拆分：前半签名，后半作为 salt 发送"], |r| r.key = Key::Whole),
    row("salt-as-secret", Step::Key, ["secret and salt were swapped", "secret 与 salt 用反了"],
        ["the half before the colon signs, the half behind it is sent as salt", "冒号前为签名密钥，冒号后作为 salt 发送"], |r| r.key = Key::Salt),
    row("key-as-secret", Step::Key, ["the application key was used as the secret", "误用 appkey 作为密钥"], SECRET, |r| r.key = Key::Param(&["key", "appkey", "app_key", "certi_id"])),
    row("session-as-secret", Step::Key, ["the session was used as the secret", "误用 session 作为密钥"], SECRET, |r| r.key = Key::Param(&["session"])),
    row("account-as-secret", Step::Key, ["the account name was used as the secret", "误用账号作为密钥"], SECRET, |r| r.key = Key::Param(&["sid", "from_node_id"])),
    row("node-as-secret", Step::Key, ["the node id was used as the secret", "误用节点 ID 作为密钥"], SECRET, |r| r.key = Key::Param(&["node_id"])),
    row("secret-empty", Step::Key, ["the secret was empty: a variable that was not set", "密钥为空：变量未设置"], ["check where the program reads the secret from", "检查程序读取密钥的位置"], |r| r.key = Key::Empty),
    row("secret-newline", Step::Key, ["the secret ended with a line feed", "密钥末尾带换行符"], ["trim the line end when reading the secret from a file", "从文件读取密钥时去掉行尾"], |r| r.key = Key::Behind("\n")),
    row("secret-crlf", Step::Key, ["the secret ended with CR LF", "密钥末尾带回车换行"], ["trim the line end when reading the secret from a file", "从文件读取密钥时去掉行尾"], |r| r.key = Key::Behind("\r\n")),
    row("secret-space-behind", Step::Key, ["the secret ended with a space", "密钥末尾带空格"], ["copy the secret again without", "重新复制密钥"], |r| r.key = Key::Behind(" ")),
    row("secret-space-before", Step::Key, ["the secret began with a space", "密钥开头带空格"], ["copy the secret again without", "重新复制密钥"], |r| r.key = Key::Before(" ")),
    row("secret-quoted", Step::Key, ["the secret had quotation marks around it", "密钥带有引号"], ["take the quotation marks out of the .env file", "去掉 .env 文件中的引号"], |r| r.key = Key::Quoted),
    row("secret-ampersand", Step::Key, ["the key was secret& as OAuth and Aliyun have it", "密钥后多了 &（OAuth、阿里云的做法）"], SECRET, |r| r.key = Key::Behind("&")),
    row("secret-upper", Step::Key, ["the secret was turned to upper case", "密钥被转为大写"], SECRET, |r| r.key = Key::Upper),
    row("secret-lower", Step::Key, ["the secret was turned to lower case", "密钥被转为小写"], SECRET, |r| r.key = Key::Lower),
    row("secret-only-before", Step::Place, ["the secret stood only before the text", "密钥只拼在文本之前"], PLACE, |r| r.place = Place::Before),
    row("secret-only-behind", Step::Place, ["the secret stood only behind the text", "密钥只拼在文本之后"], PLACE, |r| r.place = Place::After),
    row("secret-around", Step::Place, ["the secret stood before and behind the text", "密钥拼在文本两端"], PLACE, |r| r.place = Place::Around),
    row("secret-missing", Step::Place, ["the secret was not joined to the text", "文本未拼接密钥"], PLACE, |r| r.place = Place::Nowhere),
    row("inner-digest-lower", Step::Inner, ["the inner digest was left in lower case", "内层 md5 未转大写"], ["write the inner digest in upper case, then add the token", "内层 md5 转大写后再拼 token"], |r| if r.inner.is_some() { r.inner = Some(Case::Lower) }),
    row("inner-digest-missing", Step::Inner, ["the inner digest was not taken: md5(text + token)", "缺少内层 md5：直接 md5(文本 + token)"], ["digest the text first, then digest that with the token", "先对文本做 md5，再与 token 一起做 md5"], |r| r.inner = None),
    row("inner-digest-added", Step::Inner, ["the text was digested once more before the secret was added", "拼密钥前多做了一次 md5"], ["digest the text once", "只做一次摘要"], |r| if r.inner.is_none() { r.inner = Some(Case::Lower) }),
    row("hash-md5", Step::Hash, ["md5 was computed with the secret around the text, whatever sign_method says", "实际用的是两端拼密钥的 md5，与 sign_method 不符"],
        ["send sign_method=md5, or compute what sign_method says", "传 sign_method=md5，或按 sign_method 计算"], |r| if r.hash != Hash::Md5 { r.hash = Hash::Md5; r.place = Place::Around }),
    row("hash-md5-legacy", Step::Hash, ["md5(text + secret) was computed, the form for requests without sign_method", "使用了无 sign_method 时的旧式 md5(文本 + 密钥)"],
        ["send sign_method and compute what it says", "传 sign_method 并按其计算"], |r| if r.hash.is_keyed() { r.hash = Hash::Md5; r.place = Place::After }),
    row("hash-hmac-md5", Step::Hash, ["HMAC-MD5 was computed", "实际用的是 HMAC-MD5"], HASH, |r| { r.hash = Hash::HmacMd5; r.place = Place::Nowhere; r.inner = None }),
    row("hash-hmac-sha256", Step::Hash, ["HMAC-SHA256 was computed", "实际用的是 HMAC-SHA256"], HASH, |r| { r.hash = Hash::HmacSha256; r.place = Place::Nowhere; r.inner = None }),
    row("hash-sha256", Step::Hash, ["SHA-256 was computed in place of MD5", "实际用的是 SHA-256 而非 MD5"], HASH, |r| if r.hash == Hash::Md5 { r.hash = Hash::Sha256 }),
    row("stamp-utc", Step::Stamp, ["the signed time stamp was 8 hours behind the sent one: UTC for Beijing time", "签名用的时间戳比发送的早 8 小时：把 UTC 当成了北京时间"], STAMP, |r| r.stamp = StampForm::Shifted(-28_800)),
    row("stamp-ahead", Step::Stamp, ["the signed time stamp was 8 hours ahead of the sent one", "签名用的时间戳比发送的晚 8 小时"], STAMP, |r| r.stamp = StampForm::Shifted(28_800)),
    row("stamp-earlier", Step::Stamp, ["the time stamp was made twice: the signed one is a second older", "时间戳生成了两次：签名用的早一秒"], STAMP, |r| r.stamp = StampForm::Shifted(-1)),
    row("stamp-later", Step::Stamp, ["the time stamp was made twice: the signed one is a second newer", "时间戳生成了两次：签名用的晚一秒"], STAMP, |r| r.stamp = StampForm::Shifted(1)),
    row("stamp-milliseconds", Step::Stamp, ["the time stamp was signed in milliseconds", "时间戳按毫秒签名"], STAMP, |r| r.stamp = StampForm::Milliseconds),
    row("stamp-not-subtracted", Step::Stamp, ["plain unix seconds were signed, another time stamp was sent", "签名用的是 unix 秒数，发送的是另一种时间戳"], STAMP, |r| r.stamp = StampForm::Unix),
    row("stamp-subtracted", Step::Stamp, ["1325347200 was subtracted from the signed time stamp", "签名用的时间戳减去了 1325347200"], STAMP, |r| r.stamp = StampForm::Since2012),
    row("stamp-date-and-time", Step::Stamp, ["the time stamp was signed as date and time", "时间戳按日期时间格式签名"], STAMP, |r| r.stamp = StampForm::DateTime),
    row("empty-dropped", Step::Blank, ["empty values were sent and not signed", "空值已发送但未签名"], BLANK, |r| r.blanks = Blanks::EmptyDropped),
    row("blank-dropped", Step::Blank, ["values of white space were sent and not signed", "空白值已发送但未签名"], BLANK, |r| r.blanks = Blanks::BlankDropped),
    row("empty-kept", Step::Blank, ["empty values were signed, which this gateway leaves out", "空值参与了签名，该网关会略去"], BLANK, |r| r.blanks = Blanks::Kept),
    row("empty-as-null", Step::Blank, ["empty values were signed as the text null", "空值按文本 null 签名"], BLANK, |r| r.blanks = Blanks::AsNull),
    row("joined-as-query", Step::Join, ["name=value joined with & was signed", "按 名=值&名=值 拼接签名"], ["join as the scheme says", "按算法规定的方式拼接"], |r| r.join = Join::Query),
    row("joined-without-lengths", Step::Join, ["names and values were joined without their lengths", "拼接时缺少长度前缀"], ["write the length before each name and value", "名与值之前加长度"], |r| if r.has_lengths() { r.join = Join::NameValue }),
    row("joined-values-only", Step::Join, ["values were signed without their names", "只拼接了值，缺少参数名"], ["join as the scheme says", "按算法规定的方式拼接"], |r| if r.is_plain() { r.join = Join::Values }),
    row("list-order-numeric", Step::Lists, ["list positions were ordered as numbers: 0, 1, 2, … 10", "列表下标按数值排序：0, 1, 2, … 10"], ["order positions as texts: 0, 1, 10, 11, 2; or send the list as one JSON text", "下标按字符串排序：0, 1, 10, 11, 2；或把列表作为一段 JSON 文本发送"], |r| r.lists = Lists::AsNumbers),
    row("list-without-positions", Step::Lists, ["list positions were left out", "拼接列表时缺少下标"], ["write the position before each element", "每个元素前拼上下标"], |r| r.lists = Lists::WithoutPositions),
    row("charset-gbk", Step::Charset, ["the text was signed as GBK", "按 GBK 编码签名"], UTF8, |r| r.charset = Charset::Gbk),
    row("charset-twice", Step::Charset, ["UTF-8 bytes were taken for Latin-1 and encoded once more", "UTF-8 字节被当作 Latin-1 再次编码"], UTF8, |r| r.charset = Charset::Twice),
    row("charset-ascii", Step::Charset, ["characters outside ASCII were signed as ?: an ASCII or Latin-1 locale", "非 ASCII 字符被签成 ?：进程的字符集不是 UTF-8"], UTF8, |r| r.charset = Charset::QuestionMarks),
];

impl Recipe {
    fn has_lengths(&self) -> bool {
        matches!(self.join, Join::Lengths { .. })
    }

    fn is_plain(&self) -> bool {
        self.join == Join::NameValue
    }
}

#[cfg(test)]
mod tests {
    use super::MISTAKES;

    #[test]
    fn every_mistake_has_its_own_name_and_both_languages() {
        let mut ids: Vec<_> = MISTAKES.iter().map(|mistake| mistake.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), MISTAKES.len());
        for mistake in MISTAKES {
            let chinese = |text: &str| text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
            assert!(
                chinese(mistake.zh) && chinese(mistake.fix_zh),
                "{}",
                mistake.id
            );
            assert!(
                !mistake.en.is_empty() && !mistake.fix_en.is_empty(),
                "{}",
                mistake.id
            );
        }
    }
}
