// ConfigFile: the configuration file as lines `key = value`, with `#` comments of their own or
// after a blank, and values in double quotes where they have such a `#` or blanks at their ends (in
// quotes
// \" and \\ stand for " and \). UTF-8, at most a megabyte. What the keys mean is not known here.
// Errors are whole sentences that begin with FILE:LINE. Thread: pure functions on a file.
#pragma once

#include "base/Result.h"

#include <QList>
#include <QStringList>

namespace hs::engine {

struct ConfigFile {
    struct Entry {
        QString key;
        QString value;
        int line = 0;
    };

    bool exists = false;
    QList<Entry> entries; // as far as they could be read, each key once
    QStringList errors;

    static ConfigFile read(const QString& path);

    // Changes one key, or adds it, and leaves every other byte as it is. The file is replaced as a
    // whole: after a crash it is the old one or the new one. Makes file and folder if missing.
    static base::Result<void> setValue(const QString& path, const QString& key,
                                       const QString& value);

    // The value as it must stand in a file.
    static QString quoted(const QString& value);
};

} // namespace hs::engine
