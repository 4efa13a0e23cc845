//! Rules of a gateway: where requests go, how they are signed, how replies are read.

use super::{Rule, Rust, Wire, differs, means, rules, words};

rules! {
    GATEWAY_ADDED = means(
        "gateway-added", "gateway-removed",
        "there is a new gateway", "新增网关",
        "Nothing that was there changes.",
    ).always(Wire::Compatible).programs(Rust::Minor, Rust::Minor);
    GATEWAY_REMOVED = means(
        "gateway-removed", "gateway-added",
        "a gateway is gone", "网关被移除",
        "Programs that use it no longer compile.",
    ).always(Wire::Breaking).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    GATEWAY_RENAMED = differs(
        "gateway-renamed", "gateway-renamed",
        "the gateway has another name", "网关改名",
        "Configuration that names it no longer finds it.",
    ).unseen().programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    ADDRESS_ADDED = means(
        "address-added", "address-removed",
        "there is another address", "新增地址",
        "Programs may choose it; the default stays.",
    ).always(Wire::Compatible).programs(Rust::Minor, Rust::Minor);
    ADDRESS_REMOVED = means(
        "address-removed", "address-added",
        "an address is gone", "地址被移除",
        "Programs that name its environment no longer find it.",
    ).always(Wire::Breaking).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    ADDRESS_CHANGED = differs(
        "address-changed", "address-changed",
        "an address is another one", "地址改变",
        "Requests go elsewhere: make sure that it is the vendor's, and that white lists and proxies know it.",
    ).unseen().programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    ADDRESSES_MOVED = differs(
        "addresses-moved", "addresses-moved",
        "another address is the default", "默认地址改变",
        "Programs that name no environment call elsewhere.",
    ).unseen().programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    TRANSPORT_CHANGED = differs(
        "transport-changed", "transport-changed",
        "parameters travel otherwise", "传输方式改变",
        "The other side looks for them where they no longer are.",
    ).unseen();
    CREDENTIAL_ADDED = differs(
        "credential-added", "credential-removed",
        "an account has another field", "新增账号字段",
        "Configuration has to give it, unless it is optional or has a default.",
    ).unseen().programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    CREDENTIAL_REMOVED = differs(
        "credential-removed", "credential-added",
        "a field of the account is gone", "账号字段被移除",
        "Configuration that gives it is refused.",
    ).unseen().programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    CREDENTIAL_ADDED_OPTIONAL = means(
        "credential-added-optional", "credential-removed-optional",
        "an account may have another field", "新增可选账号字段",
        "Configuration that does not give it goes on as before.",
    ).always(Wire::Compatible).programs(Rust::Minor, Rust::Minor);
    CREDENTIAL_REMOVED_OPTIONAL = means(
        "credential-removed-optional", "credential-added-optional",
        "a field that an account could have is gone", "可选账号字段被移除",
        "Configuration that gives it is refused.",
    ).always(Wire::Breaking).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    CREDENTIAL_CHANGED = differs(
        "credential-changed", "credential-changed",
        "a field of the account is used otherwise", "账号字段的用法改变",
        "Configuration that was right may be refused, or mean something else.",
    ).unseen().programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    CREDENTIAL_TIGHTENED = means(
        "credential-tightened", "credential-loosened",
        "a field of the account became required, or takes fewer values", "账号字段要求收紧",
        "Configuration that left it out, or that gives such a value, is refused.",
    ).always(Wire::Breaking).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    CREDENTIAL_LOOSENED = means(
        "credential-loosened", "credential-tightened",
        "a field of the account may be left out now, or takes more values", "账号字段要求放宽",
        "Configuration that was right is right as before.",
    ).always(Wire::Compatible).programs(Rust::Minor, Rust::Minor);
    CREDENTIALS_MOVED = means(
        "credentials-moved", "credentials-moved",
        "the fields of the account stand in another order", "账号字段顺序改变",
        "Configuration names them. `Credentials::new()` takes the required ones in this order: where two of one type change places, programs compile and give one for the other.",
    ).always(Wire::Docs);
    PARAMETER_ADDED = differs(
        "parameter-added", "parameter-removed",
        "there is another system parameter", "新增系统参数",
        "It is sent and signed with every request.",
    ).unseen();
    PARAMETER_REMOVED = differs(
        "parameter-removed", "parameter-added",
        "a system parameter is gone", "系统参数被移除",
        "It is no longer sent or signed.",
    ).unseen();
    PARAMETER_CHANGED = differs(
        "parameter-changed", "parameter-changed",
        "a system parameter has its value from elsewhere", "系统参数取值改变",
        "Every request carries another value.",
    ).unseen();
    PARAMETERS_MOVED = words(
        "parameters-moved", "parameters-moved",
        "the system parameters stand in another order", "系统参数顺序改变",
        "Signatures sort by name: the order is that of the document.",
    );
    TIMESTAMP_CHANGED = differs(
        "timestamp-changed", "timestamp-changed",
        "the time of a request is written otherwise", "时间戳格式改变",
        "The other side takes every request for too old, or for no time at all.",
    ).unseen();
    WINDOW_NARROWED = means(
        "clock-window-narrowed", "clock-window-widened",
        "clocks may differ less", "时间窗变小",
        "Machines whose clock is off are refused sooner.",
    );
    WINDOW_WIDENED = means(
        "clock-window-widened", "clock-window-narrowed",
        "clocks may differ more", "时间窗变大",
        "Old requests are taken for longer.",
    ).always(Wire::Compatible);
    SIGNING_CHANGED = differs(
        "signing-changed", "signing-changed",
        "requests are signed otherwise", "签名方式改变",
        "Whoever still signs, or verifies, in the old way is refused from the day on that the other side changes.",
    ).unseen().programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    DIGEST_ADDED = means(
        "digest-added", "digest-removed",
        "another digest may be chosen", "新增签名算法",
        "The default stays.",
    ).always(Wire::Compatible).programs(Rust::Minor, Rust::Minor);
    DIGEST_REMOVED = means(
        "digest-removed", "digest-added",
        "a digest may no longer be chosen", "签名算法被移除",
        "Accounts that chose it are refused.",
    ).always(Wire::Breaking).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    ESCAPE_CHANGED = means(
        "escape-changed", "escape-changed",
        "JSON text is escaped otherwise", "JSON 转义方式改变",
        "The text means the same and has other bytes: signatures over it differ.",
    ).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    BEYOND_BMP_CHANGED = means(
        "beyond-bmp-changed", "beyond-bmp-changed",
        "characters beyond the Basic Multilingual Plane are judged otherwise", "基本平面以外字符的处理改变",
        "`validate()` refuses or admits emoji and rare characters otherwise than before.",
    ).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    ENVELOPE_CHANGED = differs(
        "envelope-changed", "envelope-changed",
        "a reply says success or failure otherwise", "应答信封改变",
        "Replies that were a success may be taken for a failure, and the reverse.",
    ).unseen().programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    ERROR_ADDED = means(
        "error-added", "error-removed",
        "another failure is known", "新增错误码",
        "It was reported before without a meaning and a hint.",
    ).always(Wire::Compatible).programs(Rust::Minor, Rust::Minor);
    ERROR_REMOVED = means(
        "error-removed", "error-added",
        "a failure is no longer known", "错误码被移除",
        "It is still reported, as a plain rejection: waiting and duplicates are no longer told from it.",
    ).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    ERROR_CLASS_CHANGED = means(
        "error-class-changed", "error-class-changed",
        "a failure is of another kind, or asks for another wait", "错误类别改变",
        "Clients decide by it whether to wait, to send again, or to give up.",
    ).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    ERROR_WORDS_CHANGED = words(
        "error-words-changed", "error-words-changed",
        "a failure is explained otherwise", "错误说明改变",
        "Messages show the new meaning and hint.",
    );
    ERRORS_MOVED = means(
        "errors-moved", "errors-moved",
        "the failures stand in another order", "错误码顺序改变",
        "The first that matches counts: a reply may be taken for another failure.",
    );
    SETTING_REWRITTEN = words(
        "setting-rewritten", "setting-rewritten",
        "a setting says the same in other words", "设置的等价改写",
        "The order of a list where it means nothing, or what is taken for granted when nothing is said.",
    );
}
