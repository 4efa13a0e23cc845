//! What no keyword of OpenAPI says: how a push is signed, and what its failures mean.

use std::fmt::Write as _;

use dockseal::gateway::Gateway;

use super::example;
use crate::language::Language;
use crate::verb::sign::words::{chosen, formula};

/// The description of the whole document, in Markdown.
pub(super) fn description(gateway: &Gateway) -> String {
    let mut text = String::from(
        "A warehouse system (WMS) pushes, an order management system (OMS) receives. Every push is a form \
         (`application/x-www-form-urlencoded`, UTF-8) of system and business parameters; lists and objects \
         travel as JSON text in one parameter.\n\n\
         WMS 推送，OMS 接收。参数以表单提交（UTF-8），明细等结构以 JSON 文本放在单个参数中。\n",
    );
    signing(gateway, &mut text);
    text.push_str(
        "\n## Repetition 重复推送\n\n\
         A retry has to send the same bytes, or the same `task`: it then gets the first answer again and has no \
         effect. A push that is stamped and signed anew, without a `task`, is another push.\n\n\
         重试应发送完全相同的内容，或携带相同的 `task`，此时返回首次应答且不再生效；重新签名且无 `task` 的推送视为新的推送。\n",
    );
    failures(gateway, &mut text);
    text
}

fn signing(gateway: &Gateway, text: &mut String) {
    let scheme = &gateway.scheme;
    let Some(digest) = chosen(scheme, None) else {
        return;
    };
    let omitted: Vec<_> = scheme.omit.iter().map(|name| format!("`{name}`")).collect();
    let _ = write!(
        text,
        "\n## Signature 签名\n\n\
         `{}` is made from the decoded parameters, system and business ones alike, all but {}. \
         The secret is the account's `{}`, which is never sent.\n\n\
         `{}` 由解码后的全部参数（系统参数与业务参数）计算，{} 除外；密钥为账号的 `{}`，不发送。\n",
        scheme.parameter,
        omitted.join(", "),
        gateway.secret,
        scheme.parameter,
        omitted.join("、"),
        gateway.secret,
    );
    for language in [Language::En, Language::Zh] {
        let _ = write!(
            text,
            "\n```text\n{}\n```\n",
            formula(gateway, digest, language)
        );
    }
    if let Some(token) = example::token(gateway.name, gateway.secret) {
        let _ = write!(
            text,
            "\nThe examples are signed with the public test secret `{token}`. \
             示例均以公开测试密钥 `{token}` 签名。\n"
        );
    }
}

fn failures(gateway: &Gateway, text: &mut String) {
    let names = |names: &[&str]| names.first().map(|name| format!("`{name}`"));
    let envelope = &gateway.envelope;
    let told = [
        envelope.status.map(|name| format!("`{name}`")),
        names(envelope.code),
        names(envelope.message),
    ];
    let [status, code, message] = told.map(Option::unwrap_or_default);
    let _ = write!(
        text,
        "\n## Failures 失败应答\n\n\
         A reply in HTTP 200 may be a failure: {status} tells, {code} and {message} say why.\n\
         HTTP 200 的应答也可能是失败，以 {status} 判断，原因见 {code} 与 {message}。\n\n\
         | code or text 错误码或文本 | meaning 含义 | what to do 处理 |\n|---|---|---|\n",
    );
    for row in gateway.errors {
        let Some(sign) = row.code.or(row.text) else {
            continue;
        };
        let _ = writeln!(
            text,
            "| {sign} | {} {} | {} {} |",
            row.meaning, row.meaning_zh, row.hint, row.hint_zh
        );
    }
}
