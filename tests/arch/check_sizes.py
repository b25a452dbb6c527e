#!/usr/bin/env python3
"""Fails when a file or a function has grown past its limit: then it is two things.

usage: check_sizes.py ROOT
"""

import re
import sys

import source_tree

SOURCE_LINES = 400  # also scripts, and all that is in tests
HEADER_LINES = 150
FUNCTION_LINES = 60  # from its name to its closing brace
SIZED = (".h", ".cpp", ".py", ".sh", ".cmake")

PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.MULTILINE)
# What may stand before a declaration and is no part of it.
LABELS = re.compile(
    r"\s*(?:(?:public|protected|private|Q_SIGNALS|signals)(?:\s+(?:Q_SLOTS|slots))?\s*:(?!:)"
    r"|Q_(?:OBJECT|GADGET|NAMESPACE)\b(?!\s*\())")
MACRO_CALL = re.compile(r"\s*Q_[A-Z_]+\s*\([^()]*\)(?=\s*[\w~\[])")
TYPE = re.compile(r"\b(?:class|struct|union|enum|namespace|extern|concept)\b")
LAMBDA = re.compile(r"(\w+)\s*=\s*\[")
NAME = re.compile(r"(operator\s*(?:\(\s*\)|[^\s\w(]+|\w[\w\s:*&]*)|~?\w[\w:~]*)\s*(?:<[^<>()]*>)?\s*\(")


def emptied(head, opening, closing):
    """The head with nothing left inside its brackets of this kind."""
    depth, kept = 0, []
    for character in head:
        depth -= character == closing
        if depth <= 0:
            kept.append(character)
        depth += character == opening
    return "".join(kept)


def without_labels(head):
    """(offset, text) of a head without access labels and macros before it."""
    offset = 0
    while match := LABELS.match(head, offset) or MACRO_CALL.match(head, offset):
        offset = match.end()
    text = head[offset:].lstrip()
    return len(head) - len(text), text


def opened_by(head):
    """What a brace after this head opens: scope, function, initialiser (of a member) or value."""
    flat = emptied(emptied(head, "{", "}"), "(", ")")
    flat = re.sub(r"^template\s*<.*?>(?=\s*\w)", "", flat, flags=re.DOTALL).strip()
    flat = re.sub(r"\boperator\s*[^\s\w(]+", "operator", re.sub(r"\balignas\(\)", "", flat))
    if TYPE.search(flat) and ("(" not in flat or TYPE.match(flat) and not flat.endswith(")")):
        return "scope"
    if re.search(r"=\s*\[[^\]]*\]\s*(?:\(|mutable|$)", flat):
        return "function"  # a lambda with a name
    if "(" not in flat or re.search(r"(?<![=!<>])=(?!=)", flat):
        return "value"
    if re.search(r"\)\s*(?:noexcept\s*)?:(?!:).*[\w>]$", flat, flags=re.DOTALL):
        return "initialiser"
    return "function"


def functions(text):
    """(line, lines, name) of each function, from the line its declaration starts on."""
    code = PREPROCESSOR.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), source_tree.code_of(text))
    found, head_start, parentheses = [], 0, 0
    depth, function = 0, None  # braces open inside something that is skipped; where it started
    for match in re.finditer(r"[{}();]", code):
        character, offset = match.group(), match.start()
        if depth:
            depth += (character == "{") - (character == "}")
            if depth == 0 and function:
                start, name = function
                first = source_tree.line_of(code, start)
                found.append((first, source_tree.line_of(code, offset) - first + 1, name))
                head_start, function = offset + 1, None
        elif character in "()":
            parentheses += 1 if character == "(" else -1
        elif character == "{":
            skip, head = without_labels(code[head_start:offset])
            opened = "value" if parentheses else opened_by(head)
            if opened == "scope":
                head_start = offset + 1
                continue
            depth = 1
            if opened == "function":
                name = LAMBDA.search(head) or NAME.search(head)
                function = (head_start + skip, name.group(1) if name else head.split()[-1])
        elif parentheses == 0:
            head_start = offset + 1
    return found


def limit_of(path):
    return HEADER_LINES if path.endswith(".h") and not path.startswith("tests/") else SOURCE_LINES


def violations(root):
    found = []
    for path in source_tree.files(root, *source_tree.PRODUCT, "tests"):
        if not path.endswith(SIZED):
            continue
        text = source_tree.read(root, path)
        lines, limit = text.count("\n"), limit_of(path)
        if lines > limit:
            found.append((path, limit + 1, f"{lines} lines, {limit} is the limit; split it in two"))
        if not path.endswith(source_tree.CODE):
            continue
        for line, length, name in functions(text):
            table = path.startswith("tests/") and name.endswith("_data")  # rows, not thought
            if length > FUNCTION_LINES and not table:
                found.append((path, line, f"{name} has {length} lines, {FUNCTION_LINES} is the limit;"
                              " give its parts names of their own"))
    return found


if __name__ == "__main__":
    source_tree.finish(violations(sys.argv[1]))
