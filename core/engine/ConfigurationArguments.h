// ConfigurationArguments: a command line taken apart: `--name VALUE`, `--name=VALUE`, flags, and
// what is no option. What the values mean is not known here. Thread: a pure function.
#pragma once

#include <QList>
#include <QStringList>

namespace hs::engine {

struct ConfigurationArguments {
    struct Option {
        QString name; // "sip-port"
        QString value;
    };

    bool help = false;
    bool version = false;
    bool printConfig = false;
    QString configFile; // empty: not given
    QString theme; // empty: not given
    QList<Option> options; // that are keys of the configuration, each once
    QStringList positional;
    QStringList errors;

    // `arguments` without the program's name.
    static ConfigurationArguments parse(const QStringList& arguments, bool hasTheme);
};

} // namespace hs::engine
