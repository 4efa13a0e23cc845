//! Rules of lists: how many elements, which, and in which places.

use super::{Rule, Rust, Wire, differs, narrows, rules, widens};

rules! {
    MIN_ITEMS_TIGHTENED = narrows(
        "min-items-tightened", "min-items-loosened",
        "a list has to have more elements", "最少元素数变大",
        "Shorter lists were valid and are refused now.",
    );
    MIN_ITEMS_LOOSENED = widens(
        "min-items-loosened", "min-items-tightened",
        "a list may have fewer elements", "最少元素数变小",
        "A reader may meet shorter lists than before, perhaps empty ones.",
    );
    MAX_ITEMS_TIGHTENED = narrows(
        "max-items-tightened", "max-items-loosened",
        "a list may not have as many elements as before", "最多元素数变小",
        "Longer lists were valid and are refused now: split them before they are sent.",
    );
    MAX_ITEMS_LOOSENED = widens(
        "max-items-loosened", "max-items-tightened",
        "a list may have more elements", "最多元素数变大",
        "A reader may meet longer lists than before.",
    );
    UNIQUE_SET = narrows(
        "unique-set", "unique-lifted",
        "no two elements may be equal", "元素不可重复",
        "Lists with equal elements were valid and are refused now.",
    );
    UNIQUE_LIFTED = widens(
        "unique-lifted", "unique-set",
        "elements may be equal", "元素可重复",
        "A reader may meet the same element twice.",
    );
    ITEMS_SET = narrows(
        "items-set", "items-lifted",
        "elements are held to a schema", "元素有了限制",
        "Elements of any kind were valid.",
    );
    ITEMS_LIFTED = widens(
        "items-lifted", "items-set",
        "elements are no longer held to a schema", "元素不再有限制",
        "A reader may meet elements of any kind.",
    ).tolerated(Wire::Breaking);
    SINGLE_REFUSED = narrows(
        "single-refused", "single-admitted",
        "a single element needs its list", "单个元素须放入列表",
        "An element without its list was valid and is refused now.",
    );
    SINGLE_ADMITTED = widens(
        "single-admitted", "single-refused",
        "a single element may come without its list", "单个元素可不放入列表",
        "A reader may meet an element where it expects a list.",
    ).tolerated(Wire::Breaking);
    CONTAINS_TIGHTENED = narrows(
        "contains-tightened", "contains-loosened",
        "a list has to contain something", "列表须含某元素",
        "Lists without it were valid and are refused now.",
    );
    CONTAINS_LOOSENED = widens(
        "contains-loosened", "contains-tightened",
        "a list need not contain something", "列表不再须含某元素",
        "A reader may meet lists without it.",
    );
    CONTAINS_CHANGED = differs(
        "contains-changed", "contains-changed",
        "a list has to contain something else", "列表须含的元素改变",
        "Lists that had what was asked may not have what is asked now.",
    );

    ARGUMENT_ADDED = widens(
        "argument-added-optional", "argument-removed-optional",
        "there is a new last argument that may be left out", "新增可选参数",
        "Callers that do not know it go on as before.",
    ).received(Wire::Compatible).programs(Rust::Minor, Rust::Minor);
    ARGUMENT_REMOVED = narrows(
        "argument-removed-optional", "argument-added-optional",
        "a last argument that could be left out is gone", "可选参数被移除",
        "Callers that pass it pass one too many.",
    ).received(Wire::Risky).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    ARGUMENT_ADDED_REQUIRED = differs(
        "argument-added-required", "argument-removed-required",
        "there is a new argument that has to be passed", "新增必填参数",
        "Callers that do not know it pass one too few.",
    ).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    ARGUMENT_REMOVED_REQUIRED = differs(
        "argument-removed-required", "argument-added-required",
        "an argument that had to be passed is gone", "必填参数被移除",
        "Callers that pass it pass one too many.",
    ).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    ARGUMENT_BECAME_REQUIRED = narrows(
        "argument-became-required", "argument-became-optional",
        "an argument has to be passed", "参数改为必填",
        "Calls without it were valid and are refused now.",
    );
    ARGUMENT_BECAME_OPTIONAL = widens(
        "argument-became-optional", "argument-became-required",
        "an argument may be left out", "参数改为可选",
        "A reader may find fewer arguments than it expects.",
    ).tolerated(Wire::Breaking);
    ARGUMENTS_MOVED = differs(
        "arguments-moved", "arguments-moved",
        "the arguments stand in another order", "参数顺序改变",
        "Arguments have no names on the wire: each is taken for the one that stood in its place.",
    ).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
}
