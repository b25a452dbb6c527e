#!/usr/bin/env python3
"""Fails when a program links a library of the screen, itself or through another library.

usage: check_daemon_links.py PROGRAM
"""

import re
import subprocess
import sys

SCREEN = re.compile(r"^lib(Qt6(Gui|Widgets|Multimedia|OpenGL|Svg|Qml|Quick)\w*|X11|xcb|wayland-client"
                    r"|GL|EGL|OpenGL|vulkan)\.so")


def needed(readelf):
    """The libraries that `readelf -d` says the program itself asks for."""
    return re.findall(r"\(NEEDED\)[^\[]*\[([^\]]+)\]", readelf)


def loaded(ldd):
    """The libraries that `ldd` says would be loaded, and those it does not find."""
    return re.findall(r"^\s*(?:/\S*/)?(\S+?)(?: =>.*| \(0x[0-9a-f]+\))$", ldd, re.MULTILINE)


def violations(program, readelf, ldd):
    own = needed(readelf)
    if not own or not loaded(ldd):
        yield program, 0, "readelf or ldd named no library at all; is this a dynamic program?"
    for library in own:
        if SCREEN.match(library):
            yield program, 0, f"links {library}; a daemon has no screen: take it out of its targets"
    for library in loaded(ldd):
        if SCREEN.match(library) and library not in own:
            yield program, 0, f"loads {library} through another library; `readelf -d` tells which"


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True,
                          env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}).stdout


def main():
    program = sys.argv[1]
    found = list(violations(program, output_of("readelf", "-d", program), output_of("ldd", program)))
    for path, _, rule in found:
        print(f"{path}: {rule}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
