#!/usr/bin/env python3
"""Shows that each check fails on a tree that is wrong, where it is wrong, and passes one that is right."""

import os
import tempfile
import unittest

import check_daemon_links
import check_layers
import check_sizes
import check_text
import check_words

TABLE = """
# a comment
core/base:
core/rtp:      core/base
core/media:    core/rtp
core/call:     core/media
core/control:  core/call core/media/AudioPort.h
core/device:   core/base
ui only:       core/call
"""


class Tree:
    """A small project in a folder of its own: path -> text."""

    def __init__(self, files):
        self._folder = tempfile.TemporaryDirectory()
        self.root = self._folder.name
        for path, text in files.items():
            full = os.path.join(self.root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(text if isinstance(text, bytes) else text.encode())

    def __enter__(self):
        return self.root

    def __exit__(self, *_):
        self._folder.cleanup()


def places(violations):
    return [(path, line) for path, line, _ in violations]


class LayersTest(unittest.TestCase):
    BASE = {"core/base/Clock.h": "// x\n", "core/rtp/Packet.h": "// x\n", "core/call/Call.h": "// x\n",
            "core/media/AudioPort.h": "// x\n", "core/media/Mixer.h": "// x\n",
            "qt/QtGui/QImage": "", "qt/QtMultimedia/QAudioSink": ""}

    def check(self, files, table=TABLE):
        with Tree({**self.BASE, **files}) as root:
            return places(check_layers.violations(root, os.path.join(root, "qt"), table))

    def test_downward_and_through_others_passes(self):
        self.assertEqual(self.check({
            "core/call/Call.cpp": '#include "call/Call.h"\n#include "base/Clock.h"\n#include <QString>\n',
            "core/control/Front.cpp": '#include "media/AudioPort.h"\n#include "rtp/Packet.h"\n',
            "core/call/CMakeLists.txt": "hs_library(call SOURCES Call.h LINK hs_base Qt6::Core)\n",
            "core/base/CMakeLists.txt": "hs_library(base SOURCES Clock.h)\n",
            "core/device/Sink.cpp": "#include <QAudioSink>\n",
        }), [])

    def test_upward_fails(self):
        self.assertEqual(self.check({"core/base/Clock.cpp": '// a\n#include "call/Call.h"\n'}),
                         [("core/base/Clock.cpp", 2)])
        self.assertEqual(self.check({"core/base/Clock.cpp": "\n#include <call/Call.h>\n"}),
                         [("core/base/Clock.cpp", 2)])

    def test_comment_is_no_include(self):
        self.assertEqual(self.check({"core/base/Clock.cpp": '/*\n#include "call/Call.h"\n*/\n'}), [])

    def test_of_a_narrowed_folder_one_header_alone(self):
        self.assertEqual(self.check({"core/control/Front.cpp": '#include "media/Mixer.h"\n'}),
                         [("core/control/Front.cpp", 1)])

    def test_only_gives_nothing_through_others(self):
        self.assertEqual(self.check({"ui/Window.cpp": '#include "call/Call.h"\n#include "base/Clock.h"\n'}),
                         [("ui/Window.cpp", 2)])

    def test_screen_in_core_fails_however_written(self):
        self.assertEqual(self.check({"core/base/Clock.cpp": "#include <QtGui/QImage>\n#include <QImage>\n",
                                     "core/rtp/Packet.cpp": "#include <QAudioSink>\n"}),
                         [("core/base/Clock.cpp", 1), ("core/base/Clock.cpp", 2),
                          ("core/rtp/Packet.cpp", 1)])

    def test_relative_and_unknown_paths_fail(self):
        self.assertEqual(self.check({"core/rtp/Packet.cpp": '#include "../base/Clock.h"\n'
                                     '#include "base/Clook.h"\n#include "Packet.moc"\n'}),
                         [("core/rtp/Packet.cpp", 1), ("core/rtp/Packet.cpp", 2)])

    def test_folder_without_a_line_fails(self):
        self.assertEqual(self.check({"core/new/Thing.cpp": "\n"}), [("core/new/Thing.cpp", 1)])

    def test_links_are_held_against_the_table(self):
        self.assertEqual(self.check({
            "core/base/CMakeLists.txt": "\nhs_library(base SOURCES Clock.h LINK hs_rtp)\n",
            "core/rtp/CMakeLists.txt": "hs_library(rtp SOURCES Packet.h LINK Qt6::Gui hs_nothing)\n",
            "core/call/CMakeLists.txt": "hs_library(calls SOURCES Call.h LINK hs_base)\n",
        }), [("core/base/CMakeLists.txt", 2), ("core/call/CMakeLists.txt", 1),
             ("core/rtp/CMakeLists.txt", 1), ("core/rtp/CMakeLists.txt", 1)])

    def test_circle_in_the_table_fails(self):
        with self.assertRaisesRegex(SystemExit, "circle: core/a -> core/b -> core/a"):
            check_layers.Layers("core/a: core/b\ncore/b: core/a\n")


class SizesTest(unittest.TestCase):
    LONG = "    work();\n" * 59

    def functions(self, text):
        return [(name.split("::")[-1], line, lines) for line, lines, name in check_sizes.functions(text)]

    def test_limits(self):
        with Tree({
            "core/a/Long.cpp": "\n" * 401, "core/a/Fits.cpp": "\n" * 400, "core/a/Long.h": "\n" * 151,
            "core/a/Deep.cpp": f"\nvoid A::deep()\n{{\n{self.LONG}}}\n",
            "core/a/Flat.cpp": f"void flat() {{\n{self.LONG[12:]}}}\n",
            "tests/long.py": "\n" * 401, "tests/a/tst_a.cpp": f"void T::rows_data()\n{{\n{self.LONG}}}\n",
        }) as root:
            self.assertEqual(places(check_sizes.violations(root)), [
                ("core/a/Deep.cpp", 2), ("core/a/Long.cpp", 401), ("core/a/Long.h", 151),
                ("tests/long.py", 401)])

    def test_functions_are_found_in_all_their_forms(self):
        self.assertEqual(self.functions('''
namespace hs::a {
struct alignas(16) P { int x{0}; };
enum class E : int { One, Two };
constexpr std::array<int, 2> rows{{1, 2}};
template <class T>
class C : public B<T> {
    Q_OBJECT
public:
    explicit C(int a = 1, P p = {})
        : B<T>{a}
        , m_p{p}
    {
        if (a) { b(); }
    }
    bool operator==(const C&) const = default;
    C& operator+=(int) { return *this; }
    auto size() const noexcept -> std::vector<int> { return {}; }
Q_SIGNALS:
    void changed();
private:
    alignas(64) std::atomic<int> m_n{0};
    P m_p;
};
const auto named = [](int x) {
    return x;
};
} // namespace
int main(int, char**)
{
    const char* text = R"(}{)"; // }
    char c = '{'; int big = 1'000;
    auto inner = [] { return 1; };
}
'''), [("C", 10, 6), ("operator+=", 17, 1), ("size", 18, 1), ("named", 25, 3), ("main", 29, 6)])


class WordsTest(unittest.TestCase):
    def check(self, files):
        with Tree(files) as root:
            return places(check_words.violations(root))

    def test_names(self):
        self.assertEqual(
            self.check({"core/a/SipUtils.h": "// x\n", "core/a/EventHandler.cpp": "", "ui/common/A.cpp": "",
                        "core/a/CallManager.h": "// x\n", "core/a/Managed.h": "// x\n",
                        "core/a/LogManager.cpp": ""}),
            [("core/a/EventHandler.cpp", 1), ("core/a/LogManager.cpp", 1), ("core/a/SipUtils.h", 1),
             ("ui/common/A.cpp", 1)])

    def test_header_begins_with_a_comment(self):
        self.assertEqual(self.check({"core/a/A.h": "#pragma once\n", "core/a/B.h": "// B: a thing\n",
                                     "core/a/C.h": "//\n#pragma once\n"}),
                         [("core/a/A.h", 1), ("core/a/C.h", 1)])

    def test_connections(self):
        self.assertEqual(
            self.check({"ui/A.cpp": "connect(a, SIGNAL(b()), c,\n SLOT(d()), Qt::UniqueConnection);\n"
                                    "Q_SIGNALS: // SLOT(x)\n",
                        "ui/B.cpp": "QDBusConnection::sessionBus().connect(s, p, i, n, this, SLOT(x()));\n"}),
            [("ui/A.cpp", 2), ("ui/A.cpp", 1), ("ui/A.cpp", 2)])

    def test_tests_do_not_sleep_or_skip(self):
        self.assertEqual(
            self.check({"tests/tst_a.cpp": 'QSKIP("no");\nQTest::qWait(5);\nthread::sleep_for(1s);\n'
                                           'QThread::msleep(1); // QSKIP(\nusleep(1);\nasleep(1);\n',
                        "tests/bench/a.cpp": "usleep(1);\n", "tests/b.py": "import time\ntime.sleep(1)\n"}),
            [("tests/tst_a.cpp", 1), *(("tests/tst_a.cpp", line) for line in (2, 3, 4, 5)),
             ("tests/b.py", 2)])

    def test_nothing_unfinished(self):
        todo = "TO" + "DO"
        self.assertEqual(self.check({"core/a/A.cpp": f"\n// {todo}: more\n", "tests/a.cpp": f"// {todo}\n",
                                     "run": "# FIX" + "ME\n", "core/a/B.cpp": '"hs-XXXXXX";\n'}),
                         [("core/a/A.cpp", 2), ("run", 1)])


class TextTest(unittest.TestCase):
    def test_text(self):
        with Tree({"a/Good.cpp": "ä\n", "a/Tab.cpp": "\n\tx\ny\n\tz\n", "a/Blank.md": "x \n", "a/Open.txt": "x",
                   "a/Latin.h": b"\n\xe4\n", "a/Return.py": b"x\r\n", "a/sound.wav": b"\t\xff", "empty": "",
                   "tests/vectors/v.txt": b"\xff\t"}) as root:
            self.assertEqual(places(check_text.violations(root)), [
                ("a/Blank.md", 1), ("a/Latin.h", 2), ("a/Open.txt", 1), ("a/Return.py", 1),
                ("a/Tab.cpp", 2), ("a/Tab.cpp", 4)])


class DaemonLinksTest(unittest.TestCase):
    CORE = " 0x01 (NEEDED)  Shared library: [libQt6Core.so.6]\n"
    LDD = "\tlinux-vdso.so.1 (0x00007f)\n\tlibQt6Core.so.6 => /lib/libQt6Core.so.6 (0x00007f)\n"

    def check(self, readelf, ldd):
        return [rule.split(";")[0] for _, _, rule in check_daemon_links.violations("p", readelf, ldd)]

    def test_links(self):
        self.assertEqual(self.check(self.CORE, self.LDD), [])
        self.assertEqual(self.check(self.CORE + self.CORE.replace("Core", "Widgets"), self.LDD),
                         ["links libQt6Widgets.so.6"])
        self.assertEqual(self.check(self.CORE, self.LDD + "\tlibQt6Gui.so.6 => not found\n"),
                         ["loads libQt6Gui.so.6 through another library"])
        self.assertEqual(len(self.check("", self.LDD)), 1)


if __name__ == "__main__":
    unittest.main()
