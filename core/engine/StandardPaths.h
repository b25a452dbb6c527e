// StandardPaths: where the XDG Base Directory Specification puts a program's files, from the
// environment that is given (Qt 6.4 does not know the state folder). Absolute paths without a slash
// at their end; the folders need not exist. Thread: a value.
#pragma once

#include <QProcessEnvironment>
#include <QString>

namespace hs::engine {

class StandardPaths {
public:
    explicit StandardPaths(const QProcessEnvironment& environment);

    QString home() const { return m_home; }
    // Each ends with the program's own folder, "hookswitch".
    QString configFolder() const { return folder(m_config); }
    QString dataFolder() const { return folder(m_data); }
    QString stateFolder() const { return folder(m_state); }

private:
    static QString folder(const QString& base);

    QString m_home;
    QString m_config;
    QString m_data;
    QString m_state;
};

} // namespace hs::engine
