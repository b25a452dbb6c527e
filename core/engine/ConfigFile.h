// ConfigFile: the configuration file as lines `key = value`, some of them in sections
// `[account NAME]`, with `#` comments of their own or after a blank, and values in double quotes
// where they have such a `#` or blanks at their ends (in quotes \" and \\ stand for " and \).
// UTF-8, at most a megabyte. What keys and sections mean is not known here.
// Errors are whole sentences that begin with FILE:LINE. Thread: pure functions on a file.
#pragma once

#include "base/Result.h"

#include <QList>
#include <QStringList>

#include <functional>

namespace hs::engine {

struct ConfigFile {
    struct Entry {
        QString key;
        QString value;
        int line = 0;
    };

    struct Section {
        QString kind; // "account"
        QString name; // "office"; empty if there is none
        int line = 0;
        bool isBad = false; // its header is an error already
        QList<Entry> entries; // as far as they could be read, each key once
    };

    bool exists = false;
    QList<Entry> entries; // of no section
    QList<Section> sections; // the same one may stand there twice
    QStringList errors;

    static ConfigFile read(const QString& path);

    // Changes the file's lines, of which the last is what follows the last line's end: nothing. The
    // file is replaced as a whole: after a crash it is the old one or the new one. Makes file and
    // folder if missing. What the edit refuses is not written.
    using Edit = std::function<base::Result<void>(QStringList& lines)>;
    static base::Result<void> change(const QString& path, const Edit& edit);

    // Changes one key, or adds it, and leaves every other byte as it is. Not
    // within sections.
    static base::Result<void> setValue(const QString& path, const QString& key,
                                       const QString& value);

    // The value as it must stand in a file.
    static QString quoted(const QString& value);
};

} // namespace hs::engine
