#!/usr/bin/env python3
"""Writes `undirected.jsonl` and `directional.jsonl` beside it; the same bytes each time.

    python3 make.py                      both files
    python3 make.py --big 25000 FILE     that many undirected cases, for a soak

An undirected case is a pair of schemas, of which the second is the first after a few edits, and the
answer of `oracle.py` to the question whether the second takes everything that the first takes. The
schemas are written with the constants that the universe of their kind was made for; nothing else
would make the answer right.
"""

import copy
import json
import pathlib
import random
import sys

import directional
import oracle

HERE = pathlib.Path(__file__).parent
COUNT = 560
PATTERNS = ["^a", "b$", "^a*$", "^[ab]+$", "c", "^.{2}$", "^[0-9]+$", "^(a|bc)?$", "^$", "^ab?"]
BOUNDS = [-1, 0, 1, 2, 3, 4, 5, 0.5, 1.5, 2.5, 2.0]
PLAIN = [None, True, False, 0, 1, 2, 1.5, "", "a", "ab", "abc", 3]
INNER = {"properties", "patternProperties", "additionalProperties", "items", "prefixItems", "contains"}
SAME = {"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"}


class Words:
    """What a kind of universe can be asked. `level`: how many containers deep a schema may look."""

    def __init__(self, rng):
        self.rng = rng

    def some(self, words, most):
        """A schema of a few keywords, in any order."""
        chosen = self.rng.sample(words, self.rng.randint(1, min(most, len(words))))
        schema = {}
        for word, value in chosen:
            schema[word] = value()
        if "contains" in schema and self.rng.random() < 0.5:
            schema["minContains"] = self.rng.choice([0, 1, 2])
        if "contains" in schema and self.rng.random() < 0.3:
            schema["maxContains"] = self.rng.choice([1, 2])
        return schema

    def pick(self, *values):
        return lambda: copy.deepcopy(self.rng.choice(values))

    def subset(self, values, least=1, most=3):
        return lambda: self.rng.sample(values, self.rng.randint(least, min(most, len(values))))

    def types(self, names):
        return lambda: self.rng.choice([*self.rng.choices(names, k=2), self.subset(names, min(2, len(names)), 4)()])

    def scalar(self):
        numbers = [("minimum", self.pick(*BOUNDS)), ("maximum", self.pick(*BOUNDS)),
                   ("exclusiveMinimum", self.pick(*BOUNDS)), ("exclusiveMaximum", self.pick(*BOUNDS)),
                   ("multipleOf", self.pick(0.5, 1, 2, 3, 1.5))]
        texts = [("minLength", self.pick(0, 1, 2, 3)), ("maxLength", self.pick(0, 1, 2, 3)),
                 ("pattern", self.pick(*PATTERNS))]
        listed = [("enum", self.subset(PLAIN, 1, 5)), ("const", self.pick(*PLAIN))]
        types = lambda *names: ("type", self.types(list(names)))
        return self.some(self.rng.choice([
            [types("number", "integer"), *numbers], [types("integer", "number", "string"), *numbers],
            [types("string"), *texts], [types("string", "null", "boolean"), *texts, *numbers],
            listed, [types("string", "number", "integer", "null", "boolean", *self.containers), *listed, *texts],
        ]), 3)

    def small(self, names):
        """Over the values of `oracle.SMALL`."""
        return self.rng.choice([
            True, False, {}, {"type": self.types(names)()}, {"type": self.rng.choice(names)},
            {"const": 1}, {"enum": [1, None]}, {"type": self.rng.choice(names)},
        ])

    def object(self, names, inner, most, sizes):
        rng = self.rng
        named = [("properties", lambda: {n: inner() for n in self.subset(names, 1, 3)()}),
                 ("required", self.subset(names, 1, 2)),
                 ("additionalProperties", lambda: rng.choice([False, False, True, inner()])),
                 ("dependentRequired", lambda: {rng.choice(names): self.subset(names, 1, 1)()}),
                 ("type", lambda: "object")]
        more = [("minProperties", self.pick(*sizes)), ("maxProperties", self.pick(*sizes))]
        return [*named, *named[:3], *more][: most]

    def list(self, inner, sizes):
        return [("items", inner), ("prefixItems", lambda: [inner() for _ in range(self.rng.randint(1, 2))]),
                ("contains", inner), ("uniqueItems", self.pick(True, True, False)),
                ("minItems", self.pick(*sizes)), ("maxItems", self.pick(*sizes)), ("type", lambda: "array")]

    def whole(self, level):
        """A schema, sometimes composed of others."""
        dice = self.rng.random()
        if dice < 0.78:
            return self.plain(level)
        if dice < 0.93:
            word = self.rng.choice(["allOf", "anyOf", "oneOf"])
            schema = {word: [self.plain(level) for _ in range(self.rng.randint(1, 3))]}
        elif dice < 0.97:
            schema = {"not": self.plain(level)}
        else:
            schema = {"if": self.plain(level), self.rng.choice(["then", "else"]): self.plain(level)}
        if self.rng.random() < 0.4:
            other = self.plain(level)
            schema |= other if isinstance(other, dict) else {}
        return schema


class Values(Words):
    universe, level, containers = "values", 0, ("array", "object")

    def plain(self, _):
        return self.scalar()


class Fields(Words):
    universe, level, containers = "fields", 1, ()

    def plain(self, level):
        if level == 0:
            return self.scalar()
        inner = self.scalar
        fixed = [("properties", lambda: {"a": inner()}), ("required", self.subset(["a", "b"], 1, 2)),
                 ("additionalProperties", self.pick(False, True)), ("type", lambda: "object")]
        lists = [("items", inner), ("prefixItems", lambda: [inner()]), ("contains", inner), ("type", lambda: "array")]
        schema = self.some(self.rng.choice([fixed, fixed, lists]), 3)
        for word in ("minContains", "maxContains"):
            schema.pop(word, None)
        return schema


class Members(Words):
    universe, level = "members", 1
    names = ["null", "integer", "string"]

    def plain(self, level):
        if level == 0:
            return self.rng.choice([self.small(self.names), {"const": "a"}, {"enum": ["a", 1]}])
        if level == "name":
            return self.rng.choice([{"enum": ["a", "b"]}, {"maxLength": 1}, {"pattern": "^a"}, {"const": "a"},
                                    {"enum": ["a", "b", "ab"]}, {"not": {"const": "z"}}, True, False])
        inner = lambda: self.plain(0)
        words = self.object(["a", "b", "ab"], inner, 10, [0, 1, 2])
        patterns = [("patternProperties", lambda: {self.rng.choice(["^a", "^.$"]): inner()}),
                    ("propertyNames", lambda: self.plain("name")),
                    ("dependentSchemas", lambda: {self.rng.choice(["a", "b"]): self.some(words, 2)})]
        return self.some(words if self.rng.random() < 0.6 else [*words[:5], *patterns], 4)


class Elements(Words):
    universe, level = "elements", 1

    def plain(self, level):
        inner = lambda: self.rng.choice([self.small(Members.names), {"const": "a"}, {"enum": ["a", 1]}])
        return inner() if level == 0 else self.some(self.list(inner, [0, 1, 2]), 4)


class Nests(Words):
    universe, level = "nests", 2

    def plain(self, level):
        if level == 0:
            return self.small(["null", "integer", "string"])
        inner = lambda: self.plain(level - 1 if self.rng.random() < 0.8 else 0)
        words = self.object(["a", "b"], inner, 8, [0, 1])
        return self.some(words if self.rng.random() < 0.7 else self.list(inner, [0, 1]), 3)


def positions(schema, level, at=()):
    """Paths of a schema's inner schemas and their levels, itself first."""
    yield at, level
    for word, value in schema.items() if isinstance(schema, dict) else ():
        if word == "propertyNames":
            yield from positions(value, "name", (*at, word))
        elif word in INNER | SAME:
            deeper = level - 1 if word in INNER else level
            if isinstance(value, list):
                parts = enumerate(value)
            elif word in ("properties", "patternProperties", "dependentSchemas"):
                parts = value.items()
            else:
                yield from positions(value, deeper, (*at, word))
                continue
            for part, inner in parts:
                yield from positions(inner, deeper, (*at, word, part))


def get(schema, at):
    for step in at:
        schema = schema[step]
    return schema


def put(schema, at, value):
    """The schema with another schema in a place."""
    if not at:
        return value
    schema = copy.copy(schema)
    schema[at[0]] = put(schema[at[0]], at[1:], value)
    return schema


def edit(words, schema):
    """The schema after one edit somewhere."""
    rng = words.rng
    at, level = rng.choice(list(positions(schema, words.level)))
    node = copy.deepcopy(get(schema, at))
    kind = rng.choice(["fresh", "keyword", "drop", "drop", "constant", "constant", "wrap", "negate", "merge", "split", "shuffle"])
    fresh = words.plain(level)
    if kind == "keyword" and isinstance(node, dict) and isinstance(fresh, dict) and fresh:
        word = rng.choice(list(fresh))
        if word not in ("minContains", "maxContains", "then", "else"):
            node[word] = fresh[word]
    elif kind == "drop" and isinstance(node, dict) and node:
        node.pop(rng.choice(list(node)))
        for word, needs in (("minContains", "contains"), ("maxContains", "contains"), ("then", "if"), ("else", "if")):
            if needs not in node:
                node.pop(word, None)
    elif kind == "constant" and isinstance(node, dict) and isinstance(fresh, dict):
        for _ in range(8):
            shared = [word for word in node if word in fresh and word not in INNER | SAME]
            if shared:
                word = rng.choice(shared)
                node[word] = fresh[word]
                break
            fresh = words.plain(level)
            fresh = fresh if isinstance(fresh, dict) else {}
        else:
            for word in ("enum", "required"):
                if isinstance(node.get(word), list) and len(node[word]) > 1:
                    node[word] = node[word][1:]
    elif kind == "wrap":
        word = rng.choice(["allOf", "anyOf", "oneOf"])
        node = {word: rng.choice([[node], [node, fresh], [fresh, node]])}
    elif kind == "negate":
        node = {"not": {"not": node}} if rng.random() < 0.8 else {"not": node}
    elif kind == "merge" and isinstance(node, dict):
        for word in ("allOf", "anyOf", "oneOf"):
            if len(node.get(word, ())) == 1 and isinstance(node[word][0], dict):
                node |= node.pop(word)[0]
    elif kind == "split" and isinstance(node, dict) and len(node) > 1 and "contains" not in node and "if" not in node:
        words_of = list(node)
        first = {w: node[w] for w in words_of[: len(words_of) // 2]}
        second = {w: node[w] for w in words_of[len(words_of) // 2 :]}
        if "additionalProperties" not in node and "items" not in node:
            node = {"allOf": [first, second]}
    elif kind == "shuffle" and isinstance(node, dict):
        order = list(node.items())
        rng.shuffle(order)
        node = dict(order)
        if isinstance(node.get("enum"), list):
            rng.shuffle(node["enum"])
    elif kind == "fresh":
        node = fresh
    return put(schema, at, node)


def share(rng, schema, at):
    """The schema with one place moved to `$defs`."""
    if not at or not isinstance(schema, dict):
        return schema
    moved = get(schema, at)
    return put(schema, at, {"$ref": "#/$defs/part"}) | {"$defs": {"part": moved}}


def pair(words):
    """A schema, and the same after a few edits."""
    rng = words.rng
    old = words.whole(words.level)
    new = old
    for _ in range(rng.choice([1, 1, 1, 2, 2, 3])):
        new = edit(words, new)
    if rng.random() < 0.25 and isinstance(old, dict) and isinstance(new, dict):
        places = [at for at, _ in positions(old, 0) if at]
        both = set(places) & {at for at, _ in positions(new, 0) if at}
        if both and rng.random() < 0.6:
            at = rng.choice(sorted(both, key=str))
            old, new = share(rng, old, at), share(rng, new, at)
        elif places:
            old = share(rng, old, rng.choice(places))
    if rng.random() < 0.1 and isinstance(new, dict):
        new = {"title": "said in other words", **new}
    return (new, old) if rng.random() < 0.3 else (old, new)


class Chains(Words):
    """Schemas that refer to themselves."""

    universe = "chains"

    def knobs(self):
        rng = self.rng
        return {"leaf": rng.choice([{"type": "integer"}, {"type": ["integer", "string"]}, {"const": 1}, {}, {"enum": [1, None]}]),
                "needs": rng.choice([[], ["a"], ["b"], ["a", "b"]]), "closed": rng.random() < 0.5,
                "end": rng.choice([None, "null", "open"]), "unrolled": rng.random() < 0.3,
                "named": rng.random() < 0.5, "object": rng.random() < 0.8}

    def build(self, knobs, reference, inner=None):
        again = {"$ref": reference} if inner is None else inner
        if knobs["end"] == "null":
            again = {"anyOf": [again, {"type": "null"}]}
        elif knobs["end"] == "open":
            again = True
        node = {"type": "object"} if knobs["object"] else {}
        node["properties"] = {"a": knobs["leaf"], "b": again}
        if knobs["closed"]:
            node["additionalProperties"] = False
        return node | ({"required": knobs["needs"]} if knobs["needs"] else {})

    def schema(self, knobs):
        reference = "#/$defs/node" if knobs["named"] else "#"
        node = self.build(knobs, reference)
        outer = self.build(knobs, reference, node) if knobs["unrolled"] else node
        if knobs["named"]:
            return {"$ref": reference, "$defs": {"node": outer}} if not knobs["unrolled"] else outer | {"$defs": {"node": node}}
        return outer

    def pair(self):
        old = self.knobs()
        new = dict(old)
        for knob in self.rng.sample(sorted(old), self.rng.randint(1, 2)):
            new[knob] = self.knobs()[knob]
        return self.schema(old), self.schema(new)


def keywords(schema):
    words = set()
    for at, _ in positions(schema, 0):
        node = get(schema, at)
        words |= set(node) if isinstance(node, dict) else {"boolean"}
    return words


def undirected(seed, count):
    """So many cases, as many of one answer as of the other, by kind in turn."""
    rng = random.Random(seed)
    universes = {}
    seen, wanted, cases = set(), {True: (count + 1) // 2, False: count // 2}, []
    kinds = [Values, Values, Fields, Fields, Members, Members, Elements, Nests, Chains]
    turn = 0
    while any(wanted.values()):
        words = kinds[turn % len(kinds)](rng)
        turn += 1
        if words.universe not in universes:
            universes[words.universe] = getattr(oracle, words.universe)()
        universe = universes[words.universe]
        old, new = words.pair() if isinstance(words, Chains) else pair(words)
        text = json.dumps([old, new], sort_keys=True, ensure_ascii=False)
        if text in seen or len(text) > 340 or json.dumps(old) == json.dumps(new):
            continue
        seen.add(text)
        # What takes nothing says nothing: a few of them are enough.
        if not oracle.valid(universe, old) and rng.random() < 0.9:
            continue
        lost = oracle.stranger(universe, old, new)
        if not wanted[not lost]:
            continue
        wanted[not lost] -= 1
        case = {"id": f"{words.universe}-{len(cases) + 1}", "old": old, "new": new, "old_2020": old, "new_2020": new,
                "accepts_old": not lost, "keywords": sorted(keywords(old) | keywords(new))}
        cases.append(case | ({"stranger": lost[0]} if lost else {}))
    return cases


def write(path, cases):
    lines = [json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in cases]
    pathlib.Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--big"]:
        write(sys.argv[3], undirected(2, int(sys.argv[2])))
    else:
        write(HERE / "undirected.jsonl", undirected(1, COUNT))
        write(HERE / "directional.jsonl", directional.cases())
