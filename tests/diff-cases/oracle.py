"""Does one schema take everything that another takes? Answered by trying every value.

A universe is a finite list of values, small ones first, that holds a representative of every kind of
value that the schemas written for it can tell apart: the constants of these schemas, what lies below,
between and above them, one more member, element and character than any limit names. Values are
numbered, and a schema becomes the set of the numbers of its valid values, as the bits of an integer;
so a universe of a hundred thousand objects is asked in a fraction of a millisecond.

Members and elements of a value are values of the same universe. Of JSON Schema 2020-12 everything is
read that the cases use: the validation and applicator vocabularies, `$ref`, `$defs`. Anything else
that is not an annotation is an error.
"""

import itertools
import json
import re

ANNOTATIONS = {"title", "description", "$comment", "examples", "default", "deprecated", "$defs"}
# They are read with `if` and `contains`.
SIBLINGS = {"then", "else", "minContains", "maxContains"}


def key(value):
    """Equal for values that JSON Schema calls equal: 1 and 1.0 are, 1 and true are not."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return (type(value).__name__, value)
    if isinstance(value, (int, float)):
        return ("number", float(value))
    if isinstance(value, list):
        return ("list", tuple(key(element) for element in value))
    return ("object", tuple(sorted((name, key(member)) for name, member in value.items())))


def kinds(value):
    """The names of a value's types."""
    if value is None:
        return {"null"}
    if isinstance(value, bool):
        return {"boolean"}
    if isinstance(value, (int, float)):
        return {"number", "integer"} if float(value).is_integer() else {"number"}
    return {str: {"string"}, list: {"array"}, dict: {"object"}}[type(value)]


class Universe:
    """Values by number, and the sets of those that share something."""

    def __init__(self, values):
        self.values = values
        self.number = {key(value): n for n, value in enumerate(values)}
        self.all = (1 << len(values)) - 1
        self.type = {name: 0 for name in ("null", "boolean", "integer", "number", "string", "array", "object")}
        self.has = {}      # name -> {number of the member's value -> objects}
        self.at = []       # position -> {number of the element -> lists}
        self.unique = 0
        self.size = {}     # number of members -> objects
        self.length = {}   # number of elements -> lists
        self.scanned = {}
        sets = {}
        for n, value in enumerate(values):
            bit = 1 << n
            for name in kinds(value):
                sets.setdefault((self.type_set, name), []).append(n)
            if isinstance(value, dict):
                sets.setdefault((self.size_set, len(value)), []).append(n)
                for name, member in value.items():
                    sets.setdefault((self.has_set, (name, self.number[key(member)])), []).append(n)
            elif isinstance(value, list):
                sets.setdefault((self.length_set, len(value)), []).append(n)
                for i, element in enumerate(value):
                    sets.setdefault((self.at_set, (i, self.number[key(element)])), []).append(n)
                if len({key(element) for element in value}) == len(value):
                    sets.setdefault((self.unique_set, None), []).append(n)
        for (store, name), numbers in sets.items():
            bits = bytearray(len(values) // 8 + 1)
            for n in numbers:
                bits[n // 8] |= 1 << (n % 8)
            store(name, int.from_bytes(bits, "little"))

    def type_set(self, name, bits): self.type[name] = bits
    def size_set(self, name, bits): self.size[name] = bits
    def length_set(self, name, bits): self.length[name] = bits
    def unique_set(self, _, bits): self.unique = bits
    def has_set(self, name, bits): self.has.setdefault(name[0], {})[name[1]] = bits

    def at_set(self, name, bits):
        while len(self.at) <= name[0]:
            self.at.append({})
        self.at[name[0]][name[1]] = bits

    def scan(self, tag, test):
        """The values that pass a test; remembered by its tag."""
        if tag not in self.scanned:
            self.scanned[tag] = sum(1 << n for n, value in enumerate(self.values) if test(value))
        return self.scanned[tag]

    def equal(self, value):
        number = self.number.get(key(value))
        if number is None:
            raise ValueError(f"{value!r} is not in the universe")
        return 1 << number


def union(sets):
    total = 0
    for bits in sets:
        total |= bits
    return total


class Reader:
    """One schema over one universe."""

    def __init__(self, universe, root):
        self.u, self.root = universe, root
        self.refs = {}

    def valid(self):
        """The valid values. References are read again and again, one level of values deeper each time,
        until nothing changes."""
        while True:
            before = dict(self.refs)
            bits = self.read(self.root)
            for reference in list(self.refs):
                self.refs[reference] = self.read(self.follow(reference))
            if before == self.refs:
                return bits

    def follow(self, reference):
        node = self.root
        for token in reference.removeprefix("#").split("/")[1:]:
            node = node[token]
        return node

    def read(self, schema):
        if isinstance(schema, bool):
            return self.u.all if schema else 0
        bits = self.u.all
        for word in schema:
            if word not in ANNOTATIONS and word not in SIBLINGS:
                bits &= getattr(self, "read_" + word.replace("$", ""))(schema[word], schema)
        return bits

    def but(self, kind, bits):
        """Those that are not of the type, and these."""
        return (self.u.all & ~self.u.type[kind]) | bits

    def read_ref(self, reference, _):
        return self.refs.setdefault(reference, self.u.all)

    def read_type(self, names, _):
        return union(self.u.type[name] for name in ([names] if isinstance(names, str) else names))

    def read_enum(self, values, _):
        return union(self.u.equal(value) for value in values)

    def read_const(self, value, _):
        return self.u.equal(value)

    def compare(self, word, kind, test):
        return self.but(kind, self.u.scan(word, lambda value: kind in kinds(value) and test(value)))

    def read_minimum(self, n, _): return self.compare(("min", n), "number", lambda v: v >= n)
    def read_maximum(self, n, _): return self.compare(("max", n), "number", lambda v: v <= n)
    def read_exclusiveMinimum(self, n, _): return self.compare(("xmin", n), "number", lambda v: v > n)
    def read_exclusiveMaximum(self, n, _): return self.compare(("xmax", n), "number", lambda v: v < n)
    def read_multipleOf(self, n, _): return self.compare(("of", n), "number", lambda v: (v / n).is_integer())
    def read_minLength(self, n, _): return self.compare(("minl", n), "string", lambda v: len(v) >= n)
    def read_maxLength(self, n, _): return self.compare(("maxl", n), "string", lambda v: len(v) <= n)
    def read_pattern(self, p, _): return self.compare(("p", p), "string", lambda v: re.search(p, v))

    def sized(self, kind, sizes, test):
        return self.but(kind, union(bits for size, bits in sizes.items() if test(size)))

    def read_minProperties(self, n, _): return self.sized("object", self.u.size, lambda s: s >= n)
    def read_maxProperties(self, n, _): return self.sized("object", self.u.size, lambda s: s <= n)
    def read_minItems(self, n, _): return self.sized("array", self.u.length, lambda s: s >= n)
    def read_maxItems(self, n, _): return self.sized("array", self.u.length, lambda s: s <= n)

    def read_uniqueItems(self, flag, _):
        return self.but("array", self.u.unique) if flag else self.u.all

    def holding(self, name):
        return union(self.u.has.get(name, {}).values())

    def members(self, names, schema):
        """Values without a member of these names that the schema refuses."""
        good = self.read(schema)
        bad = union(
            bits for name in names for n, bits in self.u.has.get(name, {}).items() if not good >> n & 1
        )
        return self.u.all & ~bad

    def read_properties(self, properties, _):
        bits = self.u.all
        for name, schema in properties.items():
            bits &= self.members([name], schema)
        return bits

    def read_patternProperties(self, patterns, _):
        bits = self.u.all
        for pattern, schema in patterns.items():
            bits &= self.members([name for name in self.u.has if re.search(pattern, name)], schema)
        return bits

    def read_additionalProperties(self, other, schema):
        named = schema.get("properties", {})
        patterns = schema.get("patternProperties", {})
        names = [n for n in self.u.has if n not in named and not any(re.search(p, n) for p in patterns)]
        return self.members(names, other)

    def read_propertyNames(self, schema, _):
        good = self.read(schema)
        bad = union(self.holding(name) for name in self.u.has if not good & self.u.equal(name))
        return self.u.all & ~bad

    def read_required(self, names, _):
        bits = self.u.type["object"]
        for name in names:
            bits &= self.holding(name)
        return self.but("object", bits)

    def read_dependentRequired(self, dependencies, _):
        bits = self.u.all
        for name, needed in dependencies.items():
            bits &= ~self.holding(name) | self.read_required(needed, None)
        return bits & self.u.all

    def read_dependentSchemas(self, dependencies, _):
        bits = self.u.all
        for name, schema in dependencies.items():
            bits &= ~self.holding(name) | self.read(schema)
        return bits & self.u.all

    def elements(self, positions, schema):
        good = self.read(schema)
        bad = union(bits for i in positions for n, bits in self.u.at[i].items() if not good >> n & 1)
        return self.u.all & ~bad

    def read_prefixItems(self, schemas, _):
        bits = self.u.all
        for i, schema in enumerate(schemas):
            if i < len(self.u.at):
                bits &= self.elements([i], schema)
        return bits

    def read_items(self, items, schema):
        return self.elements(range(len(schema.get("prefixItems", [])), len(self.u.at)), items)

    def read_contains(self, wanted, schema):
        good = self.read(wanted)
        least, most = schema.get("minContains", 1), schema.get("maxContains")
        # counted[c]: lists with at least c wanted elements among those looked at.
        counted = [self.u.type["array"]] + [0] * len(self.u.at)
        for i, places in enumerate(self.u.at):
            here = union(bits for n, bits in places.items() if good >> n & 1)
            for c in range(len(self.u.at), 0, -1):
                counted[c] |= counted[c - 1] & here
        counted.append(0)
        bits = counted[min(least, len(counted) - 1)]
        if most is not None:
            bits &= ~counted[min(most + 1, len(counted) - 1)]
        return self.but("array", bits & self.u.all)

    def read_allOf(self, schemas, _):
        bits = self.u.all
        for schema in schemas:
            bits &= self.read(schema)
        return bits

    def read_anyOf(self, schemas, _):
        return union([self.read(schema) for schema in schemas])

    def read_oneOf(self, schemas, _):
        once = twice = 0
        for schema in schemas:
            bits = self.read(schema)
            once, twice = once | bits, twice | (once & bits)
        return once & ~twice

    def read_not(self, schema, _):
        return self.u.all & ~self.read(schema)

    def read_if(self, condition, schema):
        bits = self.read(condition)
        then, other = self.read(schema.get("then", True)), self.read(schema.get("else", True))
        return (bits & then) | (self.u.all & ~bits & other)


def valid(universe, schema):
    """The valid values of a schema, as bits."""
    return Reader(universe, schema).valid()


def stranger(universe, old, new):
    """The smallest value that is valid under `old` and not under `new`; as a list of one or none."""
    lost = valid(universe, old) & ~valid(universe, new)
    return [universe.values[(lost & -lost).bit_length() - 1]] if lost else []


def objects(names, pool):
    """Objects over some of the names, with members from the pool of each."""
    choices = [[None] + [(name, value) for value in pool(name)] for name in names]
    for chosen in itertools.product(*choices):
        yield dict(member for member in chosen if member is not None)


def lists(pool, longest):
    for length in range(longest + 1):
        for chosen in itertools.product(pool, repeat=length):
            yield list(chosen)


def order(values):
    """Without repetitions, small ones first."""
    seen = {}
    for value in values:
        seen.setdefault(key(value), value)
    return sorted(seen.values(), key=lambda value: (len(json.dumps(value)), json.dumps(value)))


def scalars():
    """Numbers in quarters around 0 to 5, texts of up to four letters, some of everything else."""
    numbers = [n // 4 if n % 4 == 0 else n / 4 for n in range(-32, 65)]
    texts = ["".join(letters) for n in range(5) for letters in itertools.product("abc", repeat=n)]
    digits = ["0", "7", "00", "07", "000", "0000"]
    mixed = [a + b for a in ("0", "é", "😀") for b in ("a", "b", "c", "😀", "ab", "bc", "ca", "abc", "😀😀")]
    mixed += [text[::-1] for text in mixed]
    return [None, True, False, *numbers, *texts, *digits, *mixed, "é", "😀"]


def values():
    """Scalars."""
    return Universe(order([*scalars(), [], {}, [1], {"a": 1}]))


def fields():
    """Objects with a scalar or two, lists of a scalar or two."""
    all_of, few = scalars(), [*scalars()[3::9], None, True, False, 0, 1, 2, 1.5, 3, "", "a", "ab", "abc", "b", "é"]
    pool = {"a": few, "b": [1, "a", None], "z": few}
    return Universe(order([
        *all_of, "z", [], *([value] for value in all_of), *({name: value} for name in "abz" for value in all_of),
        *objects(["a", "b", "z"], pool.get), *([a, b] for a in all_of for b in few), *([a, b] for a in few for b in all_of),
    ]))


# The constants of small schemas are 1, "a" and the bound 2; the others stand for all other values.
SMALL = [None, [], 1, 2, "a", "b"]
NAMES = ["a", "b", "ab", "ac", "z", "zz"]


def members():
    """Objects over six names."""
    values = SMALL + [True, [1]] + NAMES
    return Universe(order([*values, *objects(NAMES, lambda _: SMALL)]))


def elements():
    """Lists of up to five elements."""
    return Universe(order([*SMALL, True, {}, {"a": 1}, *lists(SMALL, 5)]))


def chains():
    """Objects in objects in objects, by the name `b`."""
    leaves = [None, 1, 2, "a"]
    level = [*leaves]
    for _ in range(3):
        inner = level
        pool = {"a": leaves, "b": inner, "z": [1]}
        level = order([*leaves, *objects(["a", "b", "z"], pool.get)])
    return Universe(order([*level, [], True]))


def nests():
    """Objects and lists of objects and lists."""
    inner = [None, 1, 2, "a"]
    values = [*inner, True, "b", "z"]
    values += [*objects(["a", "b"], lambda _: inner), *lists(inner, 2)]
    outer = objects(["a", "b", "z"], lambda name: inner if name == "z" else values[:])
    return Universe(order([*values, *outer, *lists(values, 2)]))
