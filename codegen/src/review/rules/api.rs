//! Rules of an API as a whole.

use super::{Rule, Rust, Wire, differs, means, rules, words};

rules! {
    API_ADDED = means(
        "api-added", "api-removed",
        "there is a new API", "新增接口",
        "Nothing that was there changes.",
    ).always(Wire::Compatible).programs(Rust::Minor, Rust::Minor);
    API_REMOVED = means(
        "api-removed", "api-added",
        "an API is gone", "接口被移除",
        "Programs that call or receive it no longer compile.",
    ).always(Wire::Breaking).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    METHOD_CHANGED = differs(
        "method-changed", "method-changed",
        "the method has another name on the wire", "接口方法名改变",
        "Programs compile as before and call another method.",
    ).unseen().programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    SENDER_CHANGED = differs(
        "sender-changed", "sender-changed",
        "the other side sends the request now", "调用方向改变",
        "Who called now serves, and the reverse.",
    ).unseen().programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    EFFECT_CHANGED = means(
        "effect-changed", "effect-changed",
        "a call has another effect", "接口作用改变",
        "Clients decide by it what may be sent again after an unknown outcome.",
    ).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    IDEMPOTENCY_CHANGED = means(
        "idempotency-changed", "idempotency-changed",
        "another field makes a repeated call harmless, or none does", "幂等字段改变",
        "Clients decide by it what may be sent again after an unknown outcome.",
    ).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    SINCE_CHANGED = words(
        "since-changed", "since-changed",
        "the API is there since another version", "接口起始版本改变",
        "Programs that serve older versions of the vendor's program should look.",
    );
    INNER_CHANGED = differs(
        "inner-changed", "inner-changed",
        "the outcome inside a successful reply is told otherwise", "内层结果的判断改变",
        "Replies that were a success may be a partial failure now, and the reverse.",
    ).unseen().programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    PAGER_CHANGED = differs(
        "pager-changed", "pager-changed",
        "pages are asked for otherwise", "分页方式改变",
        "A walk through the pages sends other parameters, or looks for the items elsewhere.",
    ).unseen().programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    PAGER_SIZE_CHANGED = means(
        "pager-size-changed", "pager-size-changed",
        "pages have another size", "分页大小改变",
        "A walk through the pages makes more calls, or fewer.",
    );
    SOURCE_CHANGED = words(
        "source-changed", "source-changed",
        "the document, its hash or its rows are others", "文档来源改变",
        "`cargo xtask check` tells whether the rows that changed are those that the schema cites.",
    );
}
