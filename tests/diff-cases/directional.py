"""Changes of a message, and what they do to live traffic in each direction.

Each row is one kind of change: its name, the schema before, the schema after, the verdict when we
send it (`request`) and when we receive it (`response`), and the same two for the edit undone. The
verdicts are those of a reader who validates: requests are compared as closed, replies as open. They
were written down from the rules of the review, by hand; where sets of values alone decide, from what
the sets are. B breaking, R risky, C compatible.
"""

VERDICTS = {"B": "breaking", "R": "risky", "C": "compatible"}


def text(**words):
    return {"type": "string", **words}


def number(**words):
    return {"type": "number", **words}


def integer(**words):
    return {"type": "integer", **words}


def object_of(required=(), **properties):
    schema = {"type": "object", "properties": properties}
    return schema | ({"required": list(required)} if required else {})


def list_of(items, **words):
    return {"type": "array", "items": items, **words}


T, N, I, BOOL, NULL = text(), number(), integer(), {"type": "boolean"}, {"type": "null"}
LINE = object_of(["sku"], sku=text(maxLength=20), num=I)
CARD = object_of(["kind", "card"], kind={"const": "card"}, card=T)
CASH = object_of(["kind", "sum"], kind={"const": "cash"}, sum=N)
BANK = object_of(["kind", "iban"], kind={"const": "bank"}, iban=T)

# name, before, after, verdicts (request, response) of the change, and of the change undone
VALUES = [
    ("type-changed", T, I, "BB", "BB"),
    ("type-changed-boolean-text", BOOL, T, "BB", "BB"),
    ("type-changed-to-object", T, object_of(a=T), "BB", "BB"),
    ("type-changed-to-list", T, list_of(T), "BB", "BB"),
    ("type-widened-integer-number", I, N, "CB", "BC"),
    ("type-widened-list", T, {"type": ["string", "integer"]}, "CB", "BC"),
    ("type-widened-three", {"type": ["string", "integer"]}, {"type": ["string", "integer", "boolean"]}, "CB", "BC"),
    ("type-lifted", T, {}, "CB", "BC"),
    ("null-added", T, {"type": ["string", "null"]}, "CB", "BC"),
    ("null-added-by-choice", T, {"anyOf": [T, NULL]}, "CB", "BC"),
    ("null-added-to-enum", {"enum": ["a", "b"]}, {"enum": ["a", "b", None]}, "CB", "BC"),
    ("type-list-reordered", {"type": ["string", "null"]}, {"type": ["null", "string"]}, "CC", "CC"),
    ("enum-value-added", text(enum=["a", "b"]), text(enum=["a", "b", "c"]), "CR", "BC"),
    ("enum-value-replaced", text(enum=["a", "b"]), text(enum=["a", "c"]), "BR", "BR"),
    ("enum-reordered", text(enum=["a", "b", "c"]), text(enum=["c", "a", "b"]), "CC", "CC"),
    ("enum-set", T, text(enum=["a", "b"]), "BC", "CB"),
    ("enum-of-numbers-grown", integer(enum=[1, 2]), integer(enum=[1, 2, 3]), "CR", "BC"),
    ("const-set", T, text(const="v1"), "BC", "CB"),
    ("const-changed", text(const="v1"), text(const="v2"), "BB", "BB"),
    ("const-becomes-enum", text(const="v1"), text(enum=["v1", "v2"]), "CR", "BC"),
    ("const-said-as-enum", {"const": "v1"}, {"enum": ["v1"]}, "CC", "CC"),
    ("max-length-raised", text(maxLength=20), text(maxLength=40), "CR", "BC"),
    ("max-length-lifted", text(maxLength=20), T, "CR", "BC"),
    ("min-length-lowered", text(minLength=5), text(minLength=3), "CR", "BC"),
    ("min-length-lifted", text(minLength=1), T, "CR", "BC"),
    ("min-length-zero-lifted", text(minLength=0), T, "CC", "CC"),
    ("lengths-shifted", text(minLength=1, maxLength=5), text(minLength=3, maxLength=9), "BR", "BR"),
    ("length-said-twice", text(maxLength=5), text(maxLength=5, allOf=[{"maxLength": 9}]), "CC", "CC"),
    ("minimum-lowered", number(minimum=10), number(minimum=5), "CR", "BC"),
    ("minimum-lifted", number(minimum=0), N, "CR", "BC"),
    ("maximum-raised", number(maximum=10), number(maximum=100), "CR", "BC"),
    ("maximum-lifted", integer(maximum=10), I, "CR", "BC"),
    ("range-shifted", integer(minimum=0, maximum=10), integer(minimum=5, maximum=20), "BR", "BR"),
    ("bound-made-inclusive", number(exclusiveMinimum=0), number(minimum=0), "CR", "BC"),
    ("upper-bound-made-inclusive", number(exclusiveMaximum=9), number(maximum=9), "CR", "BC"),
    ("integer-bound-said-otherwise", integer(exclusiveMinimum=0), integer(minimum=1), "CC", "CC"),
    ("integer-bound-said-as-fraction", integer(minimum=1), integer(minimum=0.5), "CC", "CC"),
    ("exclusive-maximum-raised", number(exclusiveMaximum=9), number(exclusiveMaximum=10), "CR", "BC"),
    ("bounds-said-twice", number(minimum=1, exclusiveMinimum=0), number(minimum=1), "CC", "CC"),
    ("multiple-loosened", number(multipleOf=6), number(multipleOf=3), "CR", "BC"),
    ("multiple-set", N, number(multipleOf=5), "BC", "CR"),
    ("multiple-changed", integer(multipleOf=2), integer(multipleOf=3), "BR", "BR"),
    ("multiple-of-one", I, number(multipleOf=1), "CC", "CC"),
    ("pattern-set", T, text(pattern="^[A-Z]+$"), "BC", "CR"),
    ("pattern-changed", text(pattern="^[a-m]+$"), text(pattern="^[0-9]+$"), "BR", "BR"),
    ("pattern-lengthened", text(pattern="^[0-9]{1,4}$"), text(pattern="^[0-9]{1,6}$"), "CR", "BC"),
    ("words-changed", text(title="a", description="b"), text(title="c", examples=["d"]), "CC", "CC"),
    ("deprecated", T, text(deprecated=True), "CC", "CC"),
    ("comment-changed", T, text(**{"$comment": "see row 7"}), "CC", "CC"),
    ("all-refused", T, False, "BC", "CB"),
]

OBJECTS = [
    ("field-added", object_of(["a"], a=T), object_of(["a"], a=T, b=I), "CC", "BR"),
    ("first-field-added", object_of(["a"], a=T), object_of(["a"], b=object_of(["c"], c=T), a=T), "CC", "BR"),
    ("field-added-and-required", object_of(["a"], a=T), object_of(["a", "b"], a=T, b=I), "BC", "BB"),
    ("field-required-with-default", object_of(["a"], a=T), object_of(["a", "b"], a=T, b=integer(default=1)), "BC", "BB"),
    ("field-renamed", object_of(["sku_no"], sku_no=text(title="货号")), object_of(["spec_no"], spec_no=text(title="货号")), "BB", "BB"),
    ("field-became-required", object_of(["a"], a=T, b=I), object_of(["a", "b"], a=T, b=I), "BC", "CB"),
    ("required-reordered", object_of(["a", "b"], a=T, b=I), object_of(["b", "a"], a=T, b=I), "CC", "CC"),
    ("fields-reordered", object_of(["a"], a=T, b=I), object_of(["a"], b=I, a=T), "CC", "CC"),
    ("dependency-set", object_of(a=T, b=I), object_of(a=T, b=I) | {"dependentRequired": {"a": ["b"]}}, "BC", "CR"),
    ("dependency-of-required", object_of(["b"], a=T, b=I), object_of(["b"], a=T, b=I) | {"dependentRequired": {"a": ["b"]}}, "CC", "CC"),
    ("dependency-by-schema", object_of(a=T, b=I), object_of(a=T, b=I) | {"dependentSchemas": {"a": {"required": ["b"]}}}, "BC", "CR"),
    ("choice-widened", object_of(a=T, b=I, c=I) | {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
     object_of(a=T, b=I, c=I) | {"anyOf": [{"required": ["a"]}, {"required": ["b"]}, {"required": ["c"]}]}, "CR", "BC"),
    ("choice-set", object_of(a=T, b=I), object_of(a=T, b=I) | {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, "BC", "CR"),
    ("size-set", object_of(a=T, b=I), object_of(a=T, b=I) | {"minProperties": 1}, "BC", "CR"),
    ("size-loosened", object_of(a=T, b=I, c=I) | {"minProperties": 2}, object_of(a=T, b=I, c=I) | {"minProperties": 1}, "CR", "BC"),
    ("names-of-a-map-set", {"type": "object", "additionalProperties": I},
     {"type": "object", "additionalProperties": I, "propertyNames": {"pattern": "^[a-z]+$"}}, "BC", "CR"),
    ("values-of-a-map-widened", {"type": "object", "additionalProperties": I}, {"type": "object", "additionalProperties": N}, "CB", "BC"),
    ("pattern-members-widened", {"type": "object", "patternProperties": {"^x-": text(maxLength=5)}},
     {"type": "object", "patternProperties": {"^x-": text(maxLength=9)}}, "CR", "BC"),
]

LISTS = [
    ("min-items-set", list_of(T), list_of(T, minItems=1), "BC", "CR"),
    ("min-items-lowered", list_of(T, minItems=2), list_of(T, minItems=1), "CR", "BC"),
    ("max-items-raised", list_of(T, maxItems=10), list_of(T, maxItems=20), "CR", "BC"),
    ("max-items-set", list_of(T), list_of(T, maxItems=100), "BC", "CR"),
    ("unique-set", list_of(T), list_of(T, uniqueItems=True), "BC", "CR"),
    ("unique-false-said", list_of(T), list_of(T, uniqueItems=False), "CC", "CC"),
    ("items-set", {"type": "array"}, list_of(I), "BC", "CB"),
    ("items-changed", list_of(I), list_of(T), "BB", "BB"),
    ("items-widened", list_of(I), list_of(N), "CB", "BC"),
    ("items-shortened", list_of(text(maxLength=9)), list_of(text(maxLength=5)), "BC", "CR"),
    ("field-of-items-added", list_of(LINE), list_of(object_of(["sku"], sku=text(maxLength=20), num=I, note=T)), "CC", "BR"),
    ("field-of-items-required", list_of(LINE), list_of(LINE | {"required": ["sku", "num"]}), "BC", "CB"),
    ("single-admitted", list_of(LINE), {"anyOf": [list_of(LINE), LINE]}, "CB", "BC"),
    ("place-held", {"type": "array", "prefixItems": [T]}, {"type": "array", "prefixItems": [T, I]}, "BC", "CB"),
    ("place-widened", {"type": "array", "prefixItems": [I], "items": False}, {"type": "array", "prefixItems": [N], "items": False}, "CB", "BC"),
    ("contains-set", {"type": "array"}, {"type": "array", "contains": I}, "BC", "CR"),
    ("contains-more", {"type": "array", "contains": I, "minContains": 1}, {"type": "array", "contains": I, "minContains": 2}, "BC", "CR"),
    ("contains-at-most", {"type": "array", "contains": I, "maxContains": 3}, {"type": "array", "contains": I, "maxContains": 5}, "CR", "BC"),
    ("contains-none-needed", {"type": "array"}, {"type": "array", "contains": I, "minContains": 0}, "CC", "CC"),
]

COMPOSED = [
    ("branch-added", {"oneOf": [CARD, CASH]}, {"oneOf": [CARD, CASH, BANK]}, "CR", "BC"),
    ("any-branch-added", {"anyOf": [T, I]}, {"anyOf": [T, I, BOOL]}, "CB", "BC"),
    ("branches-reordered", {"oneOf": [CARD, CASH]}, {"oneOf": [CASH, CARD]}, "CC", "CC"),
    ("branch-narrowed", {"anyOf": [text(maxLength=9), I]}, {"anyOf": [text(maxLength=5), I]}, "BC", "CR"),
    ("one-branch-wrapped", text(maxLength=9), {"anyOf": [text(maxLength=9)]}, "CC", "CC"),
    ("one-of-alone-wrapped", object_of(["a"], a=T), {"oneOf": [object_of(["a"], a=T)]}, "CC", "CC"),
    ("condition-added", T, {"allOf": [T, {"maxLength": 9}]}, "BC", "CR"),
    ("condition-without-effect", text(maxLength=5), {"allOf": [text(maxLength=5), {"maxLength": 9}]}, "CC", "CC"),
    ("condition-of-words", T, {"type": "string", "allOf": [{"title": "a text"}]}, "CC", "CC"),
    ("refusal-added", T, {"type": "string", "not": {"const": ""}}, "BC", "CR"),
    ("refusal-of-another-type", T, {"type": "string", "not": {"type": "integer"}}, "CC", "CC"),
    ("refused-twice", text(maxLength=5), {"not": {"not": text(maxLength=5)}}, "CC", "CC"),
    ("then-added", object_of(a=I, b=T), object_of(a=I, b=T) | {"if": {"required": ["a"]}, "then": {"required": ["b"]}}, "BC", "CR"),
    ("if-alone", T, {"type": "string", "if": {"minLength": 3}}, "CC", "CC"),
    ("types-said-as-choice", {"type": ["string", "integer"]}, {"anyOf": [T, I]}, "CC", "CC"),
    ("definition-renamed", {"$ref": "#/$defs/a", "$defs": {"a": LINE}}, {"$ref": "#/$defs/b", "$defs": {"b": LINE}}, "CC", "CC"),
    ("definition-put-in", {"$ref": "#/$defs/a", "$defs": {"a": LINE}}, LINE, "CC", "CC"),
    ("definition-widened", {"type": "array", "items": {"$ref": "#/$defs/a"}, "$defs": {"a": I}},
     {"type": "array", "items": {"$ref": "#/$defs/a"}, "$defs": {"a": N}}, "CB", "BC"),
    ("tree-narrowed", {"$ref": "#/$defs/n", "$defs": {"n": object_of(v=N, next={"$ref": "#/$defs/n"})}},
     {"$ref": "#/$defs/n", "$defs": {"n": object_of(v=I, next={"$ref": "#/$defs/n"})}}, "BC", "CB"),
    ("tree-unrolled", object_of(v=I, next={"$ref": "#"}), object_of(v=I, next=object_of(v=I, next={"$ref": "#"})), "CC", "CC"),
    ("unused-definition-changed", {"type": "string", "$defs": {"a": I}}, {"type": "string", "$defs": {"a": T}}, "CC", "CC"),
]


def message(schema):
    return object_of(["value"], value=schema)


def pairs(name, old, new):
    """The change alone; and as a field of a message, and of its lines."""
    yield name, old, new
    if name.split("-")[0] in ("type", "null", "enum", "max", "minimum", "pattern", "field", "items", "branch"):
        yield name + "-in-a-field", message(old), message(new)
    if name in ("max-length-raised", "null-added", "enum-value-added", "field-added", "field-became-required"):
        yield name + "-in-lines", message(list_of(message(old))), message(list_of(message(new)))


def cases():
    found = []
    for name, before, after, there, back in VALUES + OBJECTS + LISTS + COMPOSED:
        for name, before, after in pairs(name, before, after):
            edits = [(name, before, after, there)]
            edits += [(name + "-undone", after, before, back)]
            for name, old, new, verdicts in edits:
                for direction, verdict in zip(("request", "response"), verdicts):
                    found.append({
                        "id": f"{name}/{direction}", "direction": direction, "label": VERDICTS[verdict],
                        "pairs": [{"direction": direction, "where": "body", "old": old, "new": new}],
                    })
    return found
