#!/usr/bin/env python3
"""Fails when a folder includes or links what layers.txt does not give it.

usage: check_layers.py ROOT QT_INCLUDE_DIRECTORY [LAYERS]
"""

import os
import re
import sys

import source_tree

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)', re.MULTILINE)
LIBRARY = re.compile(r"\bhs_library\(\s*(\w+)([^()]*)\)")
GENERATED = re.compile(r"\.moc$|(^|/)(moc|ui|qrc)_\w+\.(h|cpp)$")
SCREEN_MODULES = {"QtGui", "QtWidgets", "QtMultimedia", "QtMultimediaWidgets", "QtOpenGL"}
MODULES_GRANTED = {"core/device": {"QtMultimedia"}}  # and what Multimedia drags in, unnamed
ALLOWED_TREES = ("core", "ui", "app")
RESOURCES = {"hs_sounds"}  # made in resources/, free for all


class Layers:
    """The table. `granted[folder]` is what it may include, whole folders and single headers."""

    def __init__(self, text):
        self.direct, self.closed, self.granted = {}, set(), {}
        for line in text.splitlines():
            line = line.split("#")[0].strip()
            if line:
                name, _, grants = line.partition(":")
                name, *only = name.split()
                self.direct[name] = grants.split()
                if only == ["only"]:
                    self.closed.add(name)
        for name in self.direct:
            self.granted[name] = self._grants(name, ())

    def _grants(self, name, trail):
        if name in trail:
            sys.exit(f"layers.txt: a circle: {' -> '.join(trail + (name,))}")
        grants = {name}
        for grant in self.direct[name]:
            if grant.endswith(".h"):
                continue
            if grant not in self.direct:
                sys.exit(f"layers.txt: {name} names {grant}, which has no line of its own")
            grants |= {grant} if name in self.closed else self._grants(grant, trail + (name,))
        headers = {grant for grant in self.direct[name] if grant.endswith(".h")}
        narrowed = {os.path.dirname(header) for header in headers}
        return (grants - narrowed) | headers

    def folder_of(self, path):
        """The folder with a line of its own that holds this file; None if there is none."""
        folder = os.path.dirname(path)
        while folder and folder not in self.direct:
            folder = os.path.dirname(folder)
        return folder or None

    def permits(self, folder, path):
        return path in self.granted[folder] or self.folder_of(path) in self.granted[folder]


def qt_modules(qt_include):
    """Header name -> modules that have one of that name, for the modules of the screen."""
    modules = {}
    for module in SCREEN_MODULES:
        directory = os.path.join(qt_include, module)
        for header in os.listdir(directory) if os.path.isdir(directory) else ():
            modules.setdefault(header, set()).add(module)
    return modules


def resolve(root, path, name):
    """The project's file that `#include "name"` in `path` means, or None."""
    for base in ("core", "", "ui", "app", os.path.dirname(path)):
        candidate = os.path.normpath(os.path.join(base, name))
        if os.path.isfile(os.path.join(root, candidate)):
            return candidate
    return None


def include_violations(root, layers, modules):
    for path in source_tree.code_files(root, *ALLOWED_TREES):
        folder = layers.folder_of(path)
        if folder is None:
            yield path, 1, "its folder has no line in tests/arch/layers.txt; give it one"
            continue
        text = source_tree.code_of(source_tree.read(root, path), keep_strings=True)
        for match in INCLUDE.finditer(text):
            line = source_tree.line_of(text, match.start(1 if match.group(1) else 2))
            name = match.group(1) or match.group(2)
            if match.group(1) and ".." in name.split("/"):
                yield path, line, f"includes {name} by a relative path; write folder/File.h"
                continue
            target = resolve(root, path, name)
            if target and not layers.permits(folder, target):
                may = " ".join(sorted(layers.granted[folder] - {folder})) or "nothing else"
                yield path, line, (
                    f"{folder} may not include {target}; it may include {may}. Move the code,"
                    " or turn the dependency round with an interface of the lower folder")
            elif match.group(1) and not target and not GENERATED.search(name):
                yield path, line, (
                    f'"{name}" is no file of the project; write folder/File.h from core/,'
                    " <> for what is not ours")
            module, _, header = name.rpartition("/")
            screen = {module} & SCREEN_MODULES or (modules.get(header, set()) if not module else set())
            screen = screen - MODULES_GRANTED.get(folder, set())
            if folder.startswith("core/") and screen and not target:
                yield path, line, (
                    f"{folder} may not include {'/'.join(sorted(screen))}; what needs a screen"
                    " or a sound card belongs to ui or core/device")


def libraries(root):
    """(CMakeLists path, line, folder, links) of each hs_library()."""
    for path in source_tree.files(root, "core", "ui"):
        if os.path.basename(path) != "CMakeLists.txt":
            continue
        text = re.sub(r"#[^\n]*", lambda m: " " * len(m.group()), source_tree.read(root, path))
        for match in LIBRARY.finditer(text):
            links = re.split(r"\bLINK\b", match.group(2))
            yield (path, source_tree.line_of(text, match.start()), match.group(1),
                   links[1].split() if len(links) > 1 else [])


def link_violations(root, layers):
    folder_of_target = {"hs_" + name: os.path.dirname(path) for path, _, name, _ in libraries(root)}
    for path, line, name, links in libraries(root):
        folder = os.path.dirname(path)
        in_layers = layers.folder_of(path)
        if in_layers is None:
            yield path, line, f"hs_{name} has no line in tests/arch/layers.txt; give it one"
            continue
        expected = folder.removeprefix("core/").replace("/", "_")
        if name != expected:
            yield path, line, f"the target of {folder} is to be called {expected}, not {name}"
        for link in links:
            linked = folder_of_target.get(link)
            if link.startswith("hs_") and linked is None and link not in RESOURCES:
                yield path, line, f"links {link}, which no hs_library() in core/ or ui/ makes"
            elif linked and not any(
                    grant == linked or grant.startswith(linked + "/")
                    for grant in layers.granted[in_layers]):
                yield path, line, f"{folder} may not link {link}; see tests/arch/layers.txt"
            module = "Qt" + link.removeprefix("Qt6::")
            if (folder.startswith("core/") and link.startswith("Qt6::") and module in SCREEN_MODULES
                    and module not in MODULES_GRANTED.get(folder, ())):
                yield path, line, f"{folder} may not link {link}: the daemon has no screen"


def violations(root, qt_include, layers_text):
    layers = Layers(layers_text)
    return [*include_violations(root, layers, qt_modules(qt_include)),
            *link_violations(root, layers)]


def main():
    root, qt_include = sys.argv[1:3]
    table = sys.argv[3] if len(sys.argv) > 3 else os.path.join(root, "tests/arch/layers.txt")
    if not os.path.isdir(os.path.join(qt_include, "QtCore")):
        sys.exit(f"{qt_include} holds no QtCore; name Qt's include directory")
    with open(table, encoding="utf-8") as file:
        source_tree.finish(violations(root, qt_include, file.read()))


if __name__ == "__main__":
    main()
