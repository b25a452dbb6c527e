#!/usr/bin/env python3
"""Fails on file names that say nothing, and on words that code, tests or headers shall not have.

usage: check_words.py ROOT
"""

import os
import re
import sys

import source_tree

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "handler", "handlers", "common", "misc"}
MANAGERS = {"CallManager"}  # what owns a collection; add a name only for such a thing

# (where, pattern, rule): patterns are held against code without comments and literals.
CODE_RULES = (
    (("core", "ui", "app", "tests"), re.compile(r"\bQt::UniqueConnection\b"),
     "Qt::UniqueConnection does nothing for lambdas; connect once, where the object is made"),
    (("core", "ui", "app", "tests"), re.compile(r"\b(?:SIGNAL|SLOT)\s*\("),
     "SIGNAL() and SLOT() fail at run time only; connect by pointer to member"),
    (("tests",), re.compile(r"\bQSKIP\s*\("),
     "a skipped test proves nothing; make it possible, or register it in CMake only where it is"),
    (("tests",), re.compile(r"\b(?:QTest::q(?:Wait|Sleep)|QThread::[mu]?sleep|sleep_(?:for|until)"
                            r"|(?:u|nano)?sleep)\s*\("),
     "a test that sleeps is slow or fails by chance; use ManualScheduler, or QTRY_ on a condition"),
)
PYTHON_SLEEP = re.compile(r"^[^#\n]*\btime\.sleep\s*\(", re.MULTILINE)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")


def name_violations(root):
    for path in source_tree.files(root, *source_tree.PRODUCT, "tests", "resources"):
        for part in path.split("/"):
            stem = part.split(".")[0]
            words = {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", stem)}
            if empty := words & EMPTY_WORDS:
                yield path, 1, f"'{empty.pop()}' in a name says nothing; name it by the field's terms"
            if words & {"manager", "managers"} and stem.removeprefix("tst_") not in MANAGERS:
                yield path, 1, ("'manager' is for what owns a collection (then add it to MANAGERS in"
                                " tests/arch/check_words.py); name it by what it does")


def code_violations(root):
    for path in source_tree.code_files(root, "core", "ui", "app", "tests"):
        text = source_tree.read(root, path)
        code = source_tree.code_of(text)
        for tops, pattern, rule in CODE_RULES:
            if path.split("/")[0] in tops and not path.startswith("tests/bench/"):
                for match in pattern.finditer(code):
                    if match.group().startswith("SLOT") and "QDBusConnection" in code:
                        continue  # which takes a slot in no other form
                    yield path, source_tree.line_of(code, match.start()), rule
        if path.endswith(".h") and path.split("/")[0] in ("core", "ui"):
            if not re.match(r"(//|/\*+)\s*\w", text):
                yield path, 1, ("a header begins with a comment: what the thing is, units, errors,"
                                " thread, RFC section")


def script_violations(root):
    for path in source_tree.files(root, "tests"):
        if path.endswith(".py") and not path.startswith("tests/bench/"):
            text = source_tree.read(root, path)
            for match in PYTHON_SLEEP.finditer(text):
                yield path, source_tree.line_of(text, match.end()), (
                    "a test that sleeps is slow or fails by chance; wait for a line, a socket or"
                    " the end of a process")


def unfinished(root):
    paths = source_tree.files(root, *source_tree.PRODUCT, "resources", "translations")
    paths += [path for path in ("run", "check", ".ci/run", ".ci/packages.sh", "CMakeLists.txt")
              if os.path.exists(os.path.join(root, path))]
    for path in paths:
        if source_tree.is_text(path):
            text = source_tree.read(root, path)
            for match in UNFINISHED.finditer(text):
                yield path, source_tree.line_of(text, match.start()), (
                    f"{match.group()} in the product; finish it, or write an issue and say so")


def violations(root):
    return [*name_violations(root), *code_violations(root), *script_violations(root),
            *unfinished(root)]


if __name__ == "__main__":
    source_tree.finish(violations(sys.argv[1]))
