// ConfigurationArguments: a command line taken apart: `--name VALUE`, `--name=VALUE`, flags,
// the verbs that drive the instance that runs, and what is no option. What the values of keys mean
// is not known here. Thread: a pure function.
#pragma once

#include "engine/Command.h"

#include <QList>
#include <QStringList>

#include <optional>

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
    bool json = false;
    std::optional<Command> command; // for the instance that runs
    QString setPassword; // an account's name; empty: not given
    QString removePassword;
    QList<Option> options; // that are keys of the configuration, each once
    QStringList positional;
    QStringList errors;

    // `arguments` without the program's name.
    static ConfigurationArguments parse(const QStringList& arguments, bool hasTheme);
};

} // namespace hs::engine
