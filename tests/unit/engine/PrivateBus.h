// A session bus of a test's own, with HOME in a folder of its own: no keyring of the machine's user
// is ever asked. One for each process, before anything else in it uses D-Bus.
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace hs::test {

class PrivateBus {
public:
    PrivateBus()
    {
        for (const char* name :
             {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"}) {
            qputenv(name, m_folder.path().toUtf8());
        }
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP",
                                 "DESKTOP_SESSION", "KDE_FULL_SESSION"}) {
            qunsetenv(name);
        }
        qputenv("DBUS_SESSION_BUS_ADDRESS", "");
        m_daemon.start(QStringLiteral("dbus-daemon"),
                       {QStringLiteral("--session"), QStringLiteral("--nofork"),
                        QStringLiteral("--print-address"),
                        QStringLiteral("--address=unix:dir=") + m_folder.path()});
        if (m_daemon.waitForReadyRead(20000)) {
            qputenv("DBUS_SESSION_BUS_ADDRESS", m_daemon.readLine().trimmed());
        }
    }
    ~PrivateBus() { end(m_daemon); }
    PrivateBus(const PrivateBus&) = delete;
    PrivateBus& operator=(const PrivateBus&) = delete;

    bool works() const { return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"); }
    QString path(const QString& name) const { return m_folder.filePath(name); }

    static void end(QProcess& process)
    {
        process.terminate();
        if (!process.waitForFinished(5000)) {
            process.kill();
            process.waitForFinished();
        }
    }

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
};

} // namespace hs::test
