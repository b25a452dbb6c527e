// Configuration: what is in force, and where each value came from. Precedence: command line,
// environment, file, default; an environment variable that gives a part of a value (an address, a
// port) keeps the other part of what lies below. Every error is collected, not only the first, each
// a sentence that names where the value stood, what is wrong with it and what to do. An empty
// environment variable is one that is not set. Thread: a value; load() reads files.
#pragma once

#include "engine/Command.h"
#include "model/Settings.h"

#include <QDir>
#include <QMap>
#include <QProcessEnvironment>
#include <QStringList>

namespace hs::engine {

struct Configuration {
    enum class Face { Daemon, Console };
    enum class Theme { System, Light, Dark };

    struct Input {
        QStringList arguments; // without the program's name
        QProcessEnvironment environment;
        Face face = Face::Daemon;
        QString workingFolder = QDir::currentPath();
    };

    // If one of these is set by -h, --help, -v or --version, nothing else here is.
    bool help = false;
    bool version = false;

    bool printConfig = false;
    // For the instance that runs: by an option, or (console) by a link.
    std::optional<Command> command;
    bool json = false; // the answer to a List or Accounts
    QString setPassword; // the name of an account; empty: not asked for
    QString removePassword;
    Theme theme = Theme::System; // console
    QStringList positional; // console: what is no option
    QString filePath; // the file that was read, or would have been if it existed
    bool fileExists = false;

    model::Settings settings; // paths are absolute; empty greeting: the built-in one
    QMap<QString, QString> sources; // key -> "default", "option --sip-port", "/etc/x.conf:3", ...
    QStringList warnings; // for the log

    static base::Result<Configuration, QStringList> load(const Input& input);
};

} // namespace hs::engine
