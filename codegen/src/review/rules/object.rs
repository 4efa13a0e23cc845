//! Rules of objects: which members there are, and which have to be there.

use super::{Rule, Rust, Wire, differs, means, narrows, rules, widens};

rules! {
    FIELD_ADDED_OPTIONAL = widens(
        "field-added-optional", "field-removed-optional",
        "there is a new field that may be left out", "新增可选字段",
        "Senders that do not know it go on as before; readers pass over it, or keep it among the unknown fields.",
    ).received(Wire::Compatible).programs(Rust::Minor, Rust::Minor);
    FIELD_ADDED_REQUIRED = differs(
        "field-added-required", "field-removed-required",
        "there is a new field that has to be there", "新增必填字段",
        "Senders that do not know it are refused. A default of the vendor does not make it optional: the schema says that it is required.",
    ).received(Wire::Compatible).programs(Rust::MajorBehaviour, Rust::Minor);
    FIELD_REMOVED_OPTIONAL = narrows(
        "field-removed-optional", "field-added-optional",
        "a field that could be left out is gone", "可选字段被移除",
        "Nobody knows what becomes of it when it is sent. What is received may still hold it, among the unknown fields.",
    ).received(Wire::Risky).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    FIELD_REMOVED_REQUIRED = differs(
        "field-removed-required", "field-added-required",
        "a field that had to be there is gone", "必填字段被移除",
        "Readers that rely on it find nothing.",
    ).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    FIELD_RENAMED = differs(
        "field-renamed", "field-renamed",
        "a field has another name on the wire", "字段改名",
        "The same row of the document, or the same shape in the same place, under another name: neither side finds what the other writes.",
    ).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    RUST_NAME_TAKEN = means(
        "rust-name-taken", "rust-name-taken",
        "a Rust name means another field", "Rust 名称改指另一字段",
        "Programs compile as before and write, or read, another field under the same name.",
    ).sent(Wire::Docs).received(Wire::Docs).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    FIELD_BECAME_REQUIRED = narrows(
        "field-became-required", "field-became-optional",
        "a field has to be there", "字段改为必填",
        "Messages without it were valid and are refused now.",
    );
    FIELD_BECAME_OPTIONAL = widens(
        "field-became-optional", "field-became-required",
        "a field may be left out", "字段改为可选",
        "Readers that rely on it may find nothing.",
    ).tolerated(Wire::Breaking);
    CHOICE_TIGHTENED = narrows(
        "choice-tightened", "choice-loosened",
        "fewer combinations of fields are enough", "“至少其一”的组合变少",
        "Messages with a combination that no longer counts were valid and are refused now.",
    );
    CHOICE_LOOSENED = widens(
        "choice-loosened", "choice-tightened",
        "more combinations of fields are enough", "“至少其一”的组合变多",
        "A reader may meet a combination of fields that it does not expect.",
    );
    CHOICE_CHANGED = differs(
        "choice-changed", "choice-changed",
        "other combinations of fields are enough", "“至少其一”的组合改变",
        "Some combinations no longer count, others do now.",
    ).tolerated(Wire::Risky);
    DEPENDENCY_SET = narrows(
        "dependency-set", "dependency-lifted",
        "a field has to be there when another is", "新增依赖必填",
        "Messages with the one and without the other were valid and are refused now.",
    );
    DEPENDENCY_LIFTED = widens(
        "dependency-lifted", "dependency-set",
        "a field need not be there when another is", "取消依赖必填",
        "A reader may meet the one without the other.",
    );
    UNKNOWN_REFUSED = means(
        "unknown-refused", "unknown-admitted",
        "fields that the schema does not name are refused", "不再接受未知字段",
        "What is sent never has such fields, and what is received is always read with them: the bindings tell them with `validate()` alone.",
    ).sent(Wire::Docs).received(Wire::Docs).programs(Rust::MajorBehaviour, Rust::Patch);
    UNKNOWN_ADMITTED = means(
        "unknown-admitted", "unknown-refused",
        "fields that the schema does not name are admitted", "接受未知字段",
        "What is sent never has such fields, and what is received is always read with them.",
    ).sent(Wire::Docs).received(Wire::Docs);
    OTHERS_TIGHTENED = narrows(
        "others-tightened", "others-loosened",
        "fields of other names are admitted with fewer values", "其他字段的取值收紧",
        "Members that no property names are held to a schema.",
    );
    OTHERS_LOOSENED = widens(
        "others-loosened", "others-tightened",
        "fields of other names are admitted with more values", "其他字段的取值放宽",
        "Members that no property names may hold more than before.",
    );
    SIZE_TIGHTENED = narrows(
        "size-tightened", "size-loosened",
        "fewer numbers of members are admitted", "成员个数收紧",
        "Objects with as many members as that were valid and are refused now.",
    );
    SIZE_LOOSENED = widens(
        "size-loosened", "size-tightened",
        "more numbers of members are admitted", "成员个数放宽",
        "A reader may meet objects of other sizes.",
    );
    NAMES_CHANGED = differs(
        "names-changed", "names-changed",
        "other names of members are admitted", "成员名的限制改变",
        "Names are held to another schema.",
    );
    ORDER_CHANGED = means(
        "order-changed", "order-changed",
        "the fields stand in another order", "字段顺序改变",
        "Order means nothing on the wire. `new()` takes the required fields in this order: where two of one type change places, programs compile and send one for the other.",
    ).sent(Wire::Docs).received(Wire::Docs);
}
