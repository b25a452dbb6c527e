"""The project's files as the checks see them: which there are, and their code without the rest."""

import os
import re
import sys

PRODUCT = ("core", "ui", "app")
# What .gitignore names, and git's own.
SKIPPED = re.compile(r"^(\.git|build(-.*)?|recording|output|__pycache__|\.cache|node_modules)$")
UNTRACKED = (".log", ".user", ".pyc")
CODE = (".h", ".cpp")
BINARY = (".wav", ".flac", ".png", ".ico", ".dat", ".bin", ".pcap", ".raw", ".alaw", ".ulaw", ".g722",
          ".qm", ".db", ".gz")


def files(root, *tops):
    """Paths relative to root, sorted: all files below `tops`, or below root if none is named."""
    found = []
    for top in tops or ("",):
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders[:] = sorted(name for name in folders if not SKIPPED.match(name))
            found += [os.path.relpath(os.path.join(folder, name), root)
                      for name in names if not name.endswith(UNTRACKED) and name != ".git"]
    return sorted(found)


def code_files(root, *tops):
    return [path for path in files(root, *tops) if path.endswith(CODE)]


def is_text(path):
    return not path.endswith(BINARY)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
      | (?P<raw>\b(?:u8|[uUL])?R"(?P<mark>[^()\\\s]*)\(.*?\)(?P=mark)")
      | (?P<number>\b\d[\w'.]*)
      | (?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')""",
    re.VERBOSE | re.DOTALL,
)


def code_of(text, keep_strings=False):
    """C++ with comments, and literals unless they are kept, turned to blanks; lines stay lines."""

    def blank(match):
        if match.group("number") or (keep_strings and not match.group("comment")):
            return match.group()
        return re.sub(r"[^\n]", " ", match.group())

    return TOKEN.sub(blank, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def finish(violations):
    """What a check's main ends with: each violation on a line `file:line: rule`, and exit code 1."""
    for path, line, rule in violations:
        print(f"{path}:{line}: {rule}")
    if violations:
        print(f"{len(violations)} violation(s)")
    sys.exit(1 if violations else 0)
