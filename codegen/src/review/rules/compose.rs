//! Rules of schemas made of others, and of what the rules themselves cannot explain.

use super::{Rule, Rust, Wire, differs, means, narrows, rules, widens};

rules! {
    BRANCH_REMOVED = narrows(
        "branch-removed", "branch-added",
        "an alternative is gone", "备选结构被移除",
        "Values of that alternative were valid and are refused now.",
    );
    BRANCH_ADDED = widens(
        "branch-added", "branch-removed",
        "there is another alternative", "新增备选结构",
        "A reader may meet values of an alternative that it does not know.",
    );
    CONDITION_ADDED = narrows(
        "condition-added", "condition-removed",
        "another condition has to hold", "新增条件",
        "Values that do not meet it were valid and are refused now.",
    );
    CONDITION_REMOVED = widens(
        "condition-removed", "condition-added",
        "a condition need no longer hold", "取消条件",
        "A reader may meet values that do not meet it.",
    );
    COMPOSITION_CHANGED = differs(
        "composition-changed", "composition-changed",
        "alternatives or conditions are put together otherwise", "组合结构改变",
        "The rules cannot follow the change; the algebra of sets judges it where it can.",
    );
    ALL_REFUSED = narrows(
        "all-refused", "all-admitted",
        "no value is admitted", "不再接受任何值",
        "The schema refuses everything.",
    );
    ALL_ADMITTED = widens(
        "all-admitted", "all-refused",
        "values are admitted where none were", "开始接受值",
        "The schema refused everything before.",
    );
    KEYWORD_CHANGED = means(
        "keyword-changed", "keyword-changed",
        "a keyword that no rule knows has changed", "未知关键字改变",
        "To validators it is a remark, which refuses nothing; what its readers make of it, nobody can tell.",
    );
    NO_EFFECT = means(
        "no-effect", "no-effect",
        "a keyword changed, and the same values are valid", "关键字改变而取值不变",
        "It says the same in another way, or something that nothing here depends on.",
    ).sent(Wire::Docs).received(Wire::Docs);
    EQUIVALENT_REWRITE = means(
        "equivalent-rewrite", "equivalent-rewrite",
        "the schema says the same in other words", "等价改写",
        "The rules see a change that breaks, the algebra of sets proves that the same values are valid: a person should confirm that nothing else was meant.",
    );
    UNEXPLAINED_NARROWING = differs(
        "unexplained-narrowing", "unexplained-narrowing",
        "values were lost, and no rule says why", "取值变少而无规则可解释",
        "The algebra of sets proves that something that was valid no longer is, and no rule saw it: a rule is missing. Please report it.",
    ).programs(Rust::MajorBehaviour, Rust::Patch);
    INTERFACE_CHANGED = means(
        "interface-changed", "interface-changed",
        "the generated interface changed, and no other finding says why", "生成接口改变",
        "What programs see of the bindings is another; the schema change behind it has no finding of its own.",
    ).sent(Wire::Docs).received(Wire::Docs).programs(Rust::None, Rust::None);
    DEFINITION_ADDED = means(
        "definition-added", "definition-removed",
        "there is a new definition that no message reaches", "新增定义",
        "Traffic does not know it; the bindings may have a new type.",
    )
    .sent(Wire::Docs)
    .received(Wire::Docs);
    DEFINITION_REMOVED = means(
        "definition-removed", "definition-added",
        "a definition that no message reached is gone", "定义被移除",
        "Traffic did not know it; the bindings may have lost a type.",
    )
    .sent(Wire::Docs)
    .received(Wire::Docs);
    SCHEMA_MOVED = means(
        "schema-moved", "schema-moved",
        "the same schema stands elsewhere", "结构移动",
        "The wire stays as it is; a type that is named after its place changes its Rust name.",
    ).sent(Wire::Docs).received(Wire::Docs);
    RUST_NAME_CHANGED = means(
        "rust-name-changed", "rust-name-changed",
        "the Rust name is another one", "Rust 名称改变",
        "The wire stays as it is; programs have to say the new name.",
    ).sent(Wire::Docs).received(Wire::Docs);
}
