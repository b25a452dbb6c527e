#!/usr/bin/env python3
"""Fails on files that are not plain UTF-8 text: tabs, blanks at line ends, no newline at the end.

usage: check_text.py ROOT
"""

import os
import sys

import source_tree

BYTE_EXACT = ("tests/vectors/",)  # wire data, kept as it was found
RULES = (
    (b"\t", "a tab; indent with blanks"),
    (b"\r", "a carriage return; lines end with a newline alone"),
    (b" \n", "blanks at the end of the line; remove them"),
)


def violations(root):
    for path in source_tree.files(root):
        if not source_tree.is_text(path) or path.startswith(BYTE_EXACT):
            continue
        with open(os.path.join(root, path), "rb") as file:
            data = file.read()
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            yield path, data.count(b"\n", 0, error.start) + 1, "not UTF-8; save it as UTF-8"
        if data and not data.endswith(b"\n"):
            yield path, data.count(b"\n") + 1, "no newline at the end of the file; add one"
        for wrong, rule in RULES:
            offset = data.find(wrong)
            while offset >= 0:
                line = data.count(b"\n", 0, offset) + 1
                yield path, line, rule
                end_of_line = data.find(b"\n", offset)
                offset = data.find(wrong, end_of_line) if end_of_line >= 0 else -1


if __name__ == "__main__":
    source_tree.finish(list(violations(sys.argv[1])))
