// ConfigLine: one line of a configuration file: `key = value`, `[section NAME]`, a comment, or what
// is none of them; and where in it the value stands, so that it can be replaced. ConfigFile.h has
// the form. Thread: pure functions.
#pragma once

#include <QString>

namespace hs::engine {

struct ConfigLine {
    enum class Kind { Nothing, Section, Assignment, Bad };

    Kind kind = Kind::Nothing;
    QString key; // of a section: its first word
    QString value; // of a section: what follows that
    qsizetype valueAt = 0; // with its quotes
    qsizetype valueEnd = 0;
    QString error; // a sentence without file and line; a section may have one too

    static ConfigLine parse(const QString& text);
    // The value as it must stand in a file.
    static QString quoted(const QString& value);
};

} // namespace hs::engine
