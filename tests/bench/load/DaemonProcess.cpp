#include "DaemonProcess.h"

#include "base/HostPort.h"

#include <QFile>

#include <csignal>
#include <sndfile.h>
#include <sys/prctl.h>

namespace hs::bench {

namespace {

void writeWav(const QString& path, const std::vector<std::int16_t>& samples)
{
    SF_INFO info{};
    info.samplerate = 8000;
    info.channels = 1;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    SNDFILE* file = sf_open(QFile::encodeName(path).constData(), SFM_WRITE, &info);
    sf_write_short(file, samples.data(), static_cast<sf_count_t>(samples.size()));
    sf_close(file);
}

std::optional<base::Endpoint> endpoint(const QByteArray& text)
{
    const auto parsed = base::HostPort::parse(text);
    const auto address = parsed ? parsed->address() : std::nullopt;
    return address ? std::optional(base::Endpoint(*address, parsed->port)) : std::nullopt;
}

} // namespace

DaemonProcess::DaemonProcess(const QString& program, const std::vector<std::int16_t>& greeting)
{
    const QString folder = m_folder.path();
    QDir(folder).mkdir(QStringLiteral("recordings"));
    writeWav(m_folder.filePath(QStringLiteral("voice.wav")), greeting);
    QFile empty(m_folder.filePath(QStringLiteral("empty.conf")));
    static_cast<void>(empty.open(QIODevice::WriteOnly));
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"}) {
        environment.insert(QLatin1String(name), folder);
    }
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(folder);
    m_process.setProgram(program);
    m_process.setArguments(arguments());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    QObject::connect(&m_process, &QProcess::readyRead, &m_process, [this] {
        m_output += m_process.readAll();
        m_output = m_output.right(8000);
    });
}

DaemonProcess::~DaemonProcess()
{
    m_process.disconnect();
    m_process.kill();
    m_process.waitForFinished();
}

QStringList DaemonProcess::arguments() const
{
    const auto file = [this](const char* name) { return m_folder.filePath(QLatin1String(name)); };
    return {QStringLiteral("--config"),      file("empty.conf"),
            QStringLiteral("--sip-address"), QStringLiteral("127.0.0.1"),
            QStringLiteral("--sip-port"),    QStringLiteral("0"),
            QStringLiteral("--ws-listen"),   QStringLiteral("127.0.0.1:0"),
            QStringLiteral("--rtp-ports"),   QStringLiteral("20000-32767"),
            QStringLiteral("--greeting"),    file("voice.wav"),
            QStringLiteral("--recordings"),  file("recordings"),
            QStringLiteral("--db"),          file("hookswitch.db"),
            QStringLiteral("--log-file"),    file("sip_server.log")};
}

bool DaemonProcess::readReadyLine()
{
    for (const QByteArray& line : m_output.split('\n')) {
        const QByteArrayList words = line.trimmed().split(' ');
        if (words.size() == 3 && words[0] == "ready" && words[1].startsWith("sip=")
            && words[2].startsWith("ws=")) {
            m_sip = endpoint(words[1].mid(4)).value_or(base::Endpoint());
            m_webSocket = endpoint(words[2].mid(3)).value_or(base::Endpoint());
        }
    }
    return !m_sip.isNull() && !m_webSocket.isNull();
}

base::Result<void> DaemonProcess::start()
{
    m_process.start(QIODevice::ReadOnly);
    while (!readReadyLine()) {
        if (!m_process.waitForReadyRead(30'000)) {
            return base::Error{QStringLiteral("%1 printed no ready line; it said: %2 %3")
                                   .arg(m_process.program(), QString::fromUtf8(m_output),
                                        m_process.errorString())};
        }
    }
    return {};
}

base::Result<void> DaemonProcess::stop()
{
    m_process.terminate();
    if (!m_process.waitForFinished(20'000) || m_process.exitStatus() != QProcess::NormalExit
        || m_process.exitCode() != 0) {
        return base::Error{QStringLiteral("hookswitchd did not end cleanly within 20 s of SIGTERM: "
                                          "exit code %1")
                               .arg(m_process.exitCode())};
    }
    return {};
}

QStringList DaemonProcess::complaints() const
{
    QStringList lines;
    QFile log(m_folder.filePath(QStringLiteral("sip_server.log")));
    static_cast<void>(log.open(QIODevice::ReadOnly));
    while (!log.atEnd()) {
        const QByteArray line = log.readLine().trimmed();
        if (line.startsWith("[WARNING]") || line.startsWith("[ERROR]")) {
            lines << QString::fromUtf8(line);
        }
    }
    return lines;
}

} // namespace hs::bench
