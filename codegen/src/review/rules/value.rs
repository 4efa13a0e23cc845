//! Rules of a single value: its types, lengths, bounds, patterns, and the values it may have.

use super::{Rule, Rust, Wire, differs, means, narrows, rules, widens};

rules! {
    TYPE_CHANGED = differs(
        "type-changed", "type-changed",
        "the type is another one", "类型改变",
        "No value is of both types: neither side understands what the other writes.",
    ).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    TYPE_NARROWED = narrows(
        "type-narrowed", "type-widened",
        "a type is no longer admitted", "不再接受某种类型",
        "Values of the type that went are no longer valid. Where the form on the wire stays the same, only readers of the other type notice.",
    );
    TYPE_WIDENED = widens(
        "type-widened", "type-narrowed",
        "another type is admitted", "新增可接受的类型",
        "A reader may meet a value of a type that it did not expect.",
    ).tolerated(Wire::Breaking);
    NULL_REMOVED = narrows(
        "null-removed", "null-added",
        "null is no longer admitted", "不再接受 null",
        "Leave the member out instead of sending null.",
    );
    NULL_ADDED = widens(
        "null-added", "null-removed",
        "null is admitted", "可为 null",
        "A reader that needs a value may get none.",
    ).tolerated(Wire::Breaking);

    MIN_LENGTH_TIGHTENED = narrows(
        "min-length-tightened", "min-length-loosened",
        "a text has to be longer", "最小长度变大",
        "Shorter texts were valid and are refused now.",
    );
    MIN_LENGTH_LOOSENED = widens(
        "min-length-loosened", "min-length-tightened",
        "a text may be shorter", "最小长度变小",
        "A reader may meet texts that are shorter than any before, perhaps empty.",
    );
    MAX_LENGTH_TIGHTENED = narrows(
        "max-length-tightened", "max-length-loosened",
        "a text may not be as long as before", "最大长度变小",
        "Longer texts were valid and are refused now: shorten them before they are sent.",
    );
    MAX_LENGTH_LOOSENED = widens(
        "max-length-loosened", "max-length-tightened",
        "a text may be longer", "最大长度变大",
        "The bindings read texts of any length; a column of fixed width behind them may not hold them.",
    );
    LENGTH_UNIT_TIGHTENED = narrows(
        "length-unit-tightened", "length-unit-loosened",
        "the length counts bytes instead of characters", "长度改按字节计",
        "A Chinese character takes three bytes of UTF-8: texts that fitted may be too long now.",
    ).unseen();
    LENGTH_UNIT_LOOSENED = widens(
        "length-unit-loosened", "length-unit-tightened",
        "the length counts characters instead of bytes", "长度改按字符计",
        "Texts may take up to four times the bytes as before.",
    ).unseen();
    PATTERN_TIGHTENED = narrows(
        "pattern-tightened", "pattern-loosened",
        "the pattern admits fewer texts", "格式收紧",
        "Texts that matched no longer do.",
    );
    PATTERN_LOOSENED = widens(
        "pattern-loosened", "pattern-tightened",
        "the pattern admits more texts", "格式放宽",
        "A reader may meet texts of another form than before.",
    );
    PATTERN_CHANGED = differs(
        "pattern-changed", "pattern-changed",
        "the pattern is another one", "格式改变",
        "Texts that matched no longer do, or nobody can tell.",
    ).received(Wire::Breaking).tolerated(Wire::Risky);
    BLANK_REMOVED = narrows(
        "blank-removed", "blank-added",
        "an empty text no longer stands for absence", "空串不再表示缺省",
        "Leave the member out instead of sending it empty.",
    );
    BLANK_ADDED = widens(
        "blank-added", "blank-removed",
        "an empty text stands for absence", "可为空串",
        "A reader that needs a value may get none.",
    );
    DECIMAL_NARROWED = narrows(
        "decimal-narrowed", "decimal-widened",
        "a decimal has fewer digits", "小数精度变小",
        "Amounts with more digits than that were valid and are refused now: they have to be rounded by the caller, who knows how.",
    ).unseen();
    DECIMAL_WIDENED = widens(
        "decimal-widened", "decimal-narrowed",
        "a decimal has more digits", "小数精度变大",
        "The bindings hold 28 digits exactly; a column of fixed precision behind them may round.",
    ).unseen();
    DECIMAL_CHANGED = differs(
        "decimal-changed", "decimal-changed",
        "a decimal has its digits elsewhere", "小数位数改变",
        "More digits on one side of the point and fewer on the other: some amounts are refused, others are new.",
    ).unseen().tolerated(Wire::Risky);
    DECIMAL_SET = means(
        "decimal-set", "decimal-lifted",
        "the value is an exact decimal", "改为精确小数",
        "What is valid is said by type, pattern and bounds; the Rust type becomes Decimal.",
    );
    DECIMAL_LIFTED = means(
        "decimal-lifted", "decimal-set",
        "the value is no longer an exact decimal", "不再是精确小数",
        "What is valid is said by type, pattern and bounds; the Rust type is no longer Decimal.",
    );
    TIME_SET = means(
        "time-set", "time-lifted",
        "the value is a time", "改为时间",
        "What is valid is said by the pattern; the Rust type becomes a Beijing time.",
    );
    TIME_LIFTED = means(
        "time-lifted", "time-set",
        "the value is no longer a time", "不再是时间",
        "What is valid is said by the pattern; the Rust type is no longer a Beijing time.",
    );
    TIME_CHANGED = differs(
        "time-changed", "time-changed",
        "the time has another form", "时间格式改变",
        "A date is no date and time: neither side understands what the other writes.",
    ).unseen();

    MINIMUM_TIGHTENED = narrows(
        "minimum-tightened", "minimum-loosened",
        "a number has to be greater", "最小值变大",
        "Smaller numbers were valid and are refused now.",
    );
    MINIMUM_LOOSENED = widens(
        "minimum-loosened", "minimum-tightened",
        "a number may be smaller", "最小值变小",
        "A reader may meet smaller numbers than before, perhaps negative ones.",
    );
    MAXIMUM_TIGHTENED = narrows(
        "maximum-tightened", "maximum-loosened",
        "a number has to be smaller", "最大值变小",
        "Greater numbers were valid and are refused now.",
    );
    MAXIMUM_LOOSENED = widens(
        "maximum-loosened", "maximum-tightened",
        "a number may be greater", "最大值变大",
        "A reader may meet greater numbers than before.",
    );
    MULTIPLE_TIGHTENED = narrows(
        "multiple-tightened", "multiple-loosened",
        "a number has to be a multiple of more", "倍数收紧",
        "Numbers between the steps were valid and are refused now.",
    );
    MULTIPLE_LOOSENED = widens(
        "multiple-loosened", "multiple-tightened",
        "a number may be a multiple of less", "倍数放宽",
        "A reader may meet finer numbers than before.",
    );
    MULTIPLE_CHANGED = differs(
        "multiple-changed", "multiple-changed",
        "a number has to be a multiple of something else", "倍数改变",
        "Neither step is a multiple of the other.",
    );

    ENUM_VALUE_REMOVED = narrows(
        "enum-value-removed", "enum-value-added",
        "a value is no longer admitted", "枚举值被移除",
        "Senders of the value are refused now.",
    );
    ENUM_VALUE_ADDED = widens(
        "enum-value-added", "enum-value-removed",
        "another value is admitted", "新增枚举值",
        "The bindings keep unknown values, so that old programs read the new one as `Unknown`; programs of the new version read it by name.",
    ).programs(Rust::Minor, Rust::Minor);
    ENUM_SET = narrows(
        "enum-set", "enum-lifted",
        "only listed values are admitted", "改为枚举",
        "Values that the list does not have were valid and are refused now.",
    );
    ENUM_LIFTED = widens(
        "enum-lifted", "enum-set",
        "values are no longer listed", "不再限定枚举",
        "A reader may meet values that no list has.",
    );
    CONST_SET = narrows(
        "const-set", "const-lifted",
        "only one value is admitted", "改为常量",
        "All other values were valid and are refused now.",
    );
    CONST_LIFTED = widens(
        "const-lifted", "const-set",
        "more than one value is admitted", "不再是常量",
        "A reader may meet other values than the one.",
    );
    CONST_CHANGED = differs(
        "const-changed", "const-changed",
        "the only admitted value is another one", "常量改变",
        "Neither side takes what the other writes.",
    );
    KNOWN_VALUE_REMOVED = means(
        "known-value-removed", "known-value-added",
        "a value is no longer known by name", "已知值被移除",
        "The value is still valid where the list is open; programs that name it no longer compile.",
    ).sent(Wire::Compatible).received(Wire::Compatible);
    KNOWN_VALUE_ADDED = means(
        "known-value-added", "known-value-removed",
        "another value is known by name", "新增已知值",
        "The value was valid before and read as `Unknown`: programs that match that text meet the named variant now.",
    ).sent(Wire::Compatible).received(Wire::Compatible).programs(Rust::Minor, Rust::Minor);
    KNOWN_VALUE_RENAMED = differs(
        "known-value-renamed", "known-value-renamed",
        "a named value is written otherwise on the wire", "枚举值的编码改变",
        "Programs compile as before and send another value under the same name.",
    ).unseen().tolerated(Wire::Risky).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    KNOWN_VALUES_MOVED = means(
        "known-values-moved", "known-values-moved",
        "the known values stand in another order", "已知值顺序改变",
        "The order shows in documentation only.",
    ).sent(Wire::Docs).received(Wire::Docs);

    CONTENT_SET = narrows(
        "content-set", "content-lifted",
        "the text has to hold JSON", "文本内容须为 JSON",
        "Texts that hold no JSON were valid and are refused now.",
    );
    CONTENT_LIFTED = widens(
        "content-lifted", "content-set",
        "the text need not hold JSON", "文本内容不再限定为 JSON",
        "A reader may meet texts that it cannot take apart.",
    ).tolerated(Wire::Breaking);
    WIRE_FORM_CHANGED = means(
        "wire-form-changed", "wire-form-changed",
        "the value is written in the other of its forms", "书写形式改变",
        "Both forms are valid by the schema; a gateway that compares texts, or signs them, may take only one.",
    ).received(Wire::Docs).programs(Rust::MajorBehaviour, Rust::Patch);
    SENSITIVE_SET = means(
        "sensitive-set", "sensitive-lifted",
        "the value is hidden in debug output and messages", "改为敏感字段",
        "Logs and messages of programs no longer show it.",
    ).sent(Wire::Compatible).received(Wire::Compatible);
    SENSITIVE_LIFTED = means(
        "sensitive-lifted", "sensitive-set",
        "the value is shown in debug output and messages", "不再是敏感字段",
        "Logs of programs begin to hold it: make sure that it is not personal.",
    ).programs(Rust::MajorBehaviour, Rust::MajorBehaviour);
    FORMAT_SET = narrows(
        "format-set", "format-lifted",
        "the text has to have a named format", "设置 format",
        "`format` is an annotation in 2020-12: some validators refuse other texts, some do not.",
    ).unseen().sent(Wire::Risky);
    FORMAT_LIFTED = widens(
        "format-lifted", "format-set",
        "the text need not have a named format", "取消 format",
        "`format` is an annotation in 2020-12: some readers rely on it, some do not.",
    ).unseen().received(Wire::Risky);
    FORMAT_CHANGED = differs(
        "format-changed", "format-changed",
        "the text has another named format", "format 改变",
        "Texts of the one format are seldom of the other.",
    ).unseen();
    CONTENT_FORM_CHANGED = differs(
        "content-form-changed", "content-form-changed",
        "the text holds something else", "文本内容的类型改变",
        "The media type and the encoding of what a text holds are annotations in 2020-12: validators take any text, the programs behind them may not.",
    ).unseen().always(Wire::Risky);
}
