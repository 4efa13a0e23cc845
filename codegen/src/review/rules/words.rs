//! Rules of what is for people: terms, sentences, examples, rows.

use super::{Rule, Rust, Wire, means, rules, words};

rules! {
    TITLE_CHANGED = words(
        "title-changed", "title-changed",
        "the document's term is another one", "术语改变",
        "Documentation and messages show the new term.",
    );
    DESCRIPTION_CHANGED = words(
        "description-changed", "description-changed",
        "the sentence about it is another one", "说明改变",
        "Documentation shows the new sentence.",
    );
    NOTE_CHANGED = words(
        "note-changed", "note-changed",
        "what was decided is told otherwise", "备注改变",
        "Read it: a note tells where the document is silent, and what was decided.",
    );
    COMMENT_CHANGED = words(
        "comment-changed", "comment-changed",
        "the remark for maintainers is another one", "维护注释改变",
        "It goes nowhere.",
    ).programs(Rust::None, Rust::None);
    EXAMPLES_CHANGED = words(
        "examples-changed", "examples-changed",
        "the examples are others", "示例改变",
        "Demonstrations and documentation show the new ones.",
    );
    LABEL_CHANGED = words(
        "label-changed", "label-changed",
        "a value has another label", "枚举标签改变",
        "`label()` and `label_zh()` give the new one.",
    );
    ROW_CHANGED = words(
        "row-changed", "row-changed",
        "another row of the document is cited", "引用的文档行改变",
        "Compare the value with that row.",
    );
    IDENTITY_CHANGED = words(
        "identity-changed", "identity-changed",
        "the schema has another address", "schema 标识改变",
        "Addresses say where a schema stands; nobody loads from them.",
    ).programs(Rust::None, Rust::None);
    DEFAULT_CHANGED = means(
        "default-changed", "default-changed",
        "the vendor takes another value for what is left out", "默认值改变",
        "The bindings never send a default: who leaves the field out now means the new value.",
    ).received(Wire::Docs).programs(Rust::MajorBehaviour, Rust::Patch);
    DEPRECATED_SET = words(
        "deprecated-set", "deprecated-lifted",
        "the vendor advises against it", "标记为弃用",
        "Programs that use it get a warning of the compiler.",
    ).sent(Wire::Compatible).received(Wire::Compatible).programs(Rust::Minor, Rust::Minor);
    DEPRECATED_LIFTED = words(
        "deprecated-lifted", "deprecated-set",
        "the vendor no longer advises against it", "取消弃用",
        "The warning of the compiler is gone.",
    ).sent(Wire::Compatible).received(Wire::Compatible);
    ACCESS_CHANGED = means(
        "access-changed", "access-changed",
        "the value may be read or written by others", "读写权限改变",
        "`readOnly` and `writeOnly` are annotations: they change who is expected to send the value.",
    );
}
