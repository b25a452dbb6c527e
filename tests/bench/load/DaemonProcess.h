// DaemonProcess: the real hookswitchd with configuration, call log and recordings in a folder of
// its own, on free ports of loopback, as an administrator would start and stop it. Ends with this
// program.
#pragma once

#include "base/Endpoint.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

#include <sys/types.h>

namespace hs::bench {

class DaemonProcess {
public:
    // What `greeting` holds (8000 Hz) is played into each call that the machine answers.
    DaemonProcess(const QString& program, const std::vector<std::int16_t>& greeting);
    ~DaemonProcess();

    // Waits for its ready line; an error says what it printed instead.
    base::Result<void> start();
    // SIGTERM, which must be a clean end.
    base::Result<void> stop();

    pid_t pid() const { return static_cast<pid_t>(m_process.processId()); }
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    const base::Endpoint& sip() const { return m_sip; }
    const base::Endpoint& webSocket() const { return m_webSocket; }
    QDir recordings() const { return QDir(m_folder.filePath(QStringLiteral("recordings"))); }
    // Lines of its log that tell of anything unusual.
    QStringList complaints() const;

private:
    bool readReadyLine();
    QStringList arguments() const;

    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_output;
    base::Endpoint m_sip;
    base::Endpoint m_webSocket;
};

} // namespace hs::bench
