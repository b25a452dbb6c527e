#include "unit/device/PulseServer.h"

#include "unit/audio/SoundFiles.h"
#include "unit/audio/Tone.h"

#include <QTest>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <sys/prctl.h>

namespace hs::test {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int half = 4000; // half a second

// Started so that it does not outlive a test that crashes.
void begin(QProcess& process, const QString& program, const QStringList& arguments)
{
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process.start(program, arguments);
}

void end(QProcess& process)
{
    process.kill();
    process.waitForFinished();
}

} // namespace

PulseServer::PulseServer()
{
    qputenv("XDG_RUNTIME_DIR", m_folder.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", m_folder.path().toUtf8());
    qputenv("HOME", m_folder.path().toUtf8());
    qputenv("PULSE_SERVER", "unix:" + socketPath().toUtf8());
    // Passing memory by descriptor would not survive a proxy; nobody measures speed here.
    QFile config(m_folder.filePath(u"client.conf"_s));
    if (config.open(QIODevice::WriteOnly)) {
        config.write("autospawn = no\nenable-shm = no\n");
    }
    qputenv("PULSE_CLIENTCONFIG", config.fileName().toUtf8());
}

PulseServer::~PulseServer()
{
    thaw();
    end(m_daemon);
}

QString PulseServer::socketPath() const
{
    return m_folder.filePath(u"native"_s);
}

bool PulseServer::start()
{
    QFile::remove(socketPath());
    m_daemon.setProcessChannelMode(QProcess::MergedChannels);
    begin(m_daemon, u"pulseaudio"_s,
          {u"--daemonize=no"_s, u"--exit-idle-time=-1"_s, u"--use-pid-file=no"_s, u"-n"_s, u"-L"_s,
           u"module-native-protocol-unix auth-anonymous=1 socket="_s + socketPath(), u"-L"_s,
           u"module-null-sink norewinds=1 sink_name=ear"_s, u"-L"_s,
           u"module-remap-source source_name=mic master=ear.monitor"_s});
    if (!m_daemon.waitForStarted()) {
        m_problem = u"pulseaudio does not start: "_s + m_daemon.errorString();
        return false;
    }
    const bool ready = QTest::qWaitFor(
        [this] {
            return m_daemon.state() == QProcess::NotRunning
                || pactl({u"info"_s}).contains("Default Source: mic");
        },
        20000);
    if (!ready || m_daemon.state() == QProcess::NotRunning) {
        m_problem =
            u"pulseaudio does not answer to pactl: "_s + QString::fromUtf8(m_daemon.readAll());
        return false;
    }
    return true;
}

void PulseServer::kill()
{
    end(m_daemon);
}

void PulseServer::freeze()
{
    ::kill(pid_t(m_daemon.processId()), SIGSTOP);
}

void PulseServer::thaw()
{
    if (m_daemon.state() == QProcess::Running) {
        ::kill(pid_t(m_daemon.processId()), SIGCONT);
    }
}

QByteArray PulseServer::pactl(const QStringList& arguments)
{
    QProcess process;
    process.start(u"pactl"_s, arguments);
    if (!process.waitForFinished(5000) || process.exitCode() != 0) {
        return {};
    }
    return process.readAllStandardOutput();
}

SinkEar::SinkEar(const QString& sink)
{
    begin(m_parec, u"parec"_s,
          {u"--device="_s + sink + u".monitor"_s, u"--format=s16le"_s, u"--rate=8000"_s,
           u"--channels=1"_s, u"--raw"_s, u"--latency-msec=50"_s});
}

SinkEar::~SinkEar()
{
    end(m_parec);
}

void SinkEar::read()
{
    const QByteArray bytes = m_parec.readAllStandardOutput();
    for (qsizetype i = 0; i + 1 < bytes.size(); i += 2) {
        std::int16_t sample = 0;
        std::memcpy(&sample, bytes.constData() + i, sizeof sample);
        m_samples.push_back(sample);
    }
    if (m_samples.size() > half) {
        m_samples.erase(m_samples.begin(), m_samples.end() - half);
    }
}

double SinkEar::hears()
{
    read();
    if (m_samples.size() < half || *std::max_element(m_samples.begin(), m_samples.end()) < 1000) {
        return 0;
    }
    return loudest(m_samples, 8000, 100, 2000, 10);
}

double SinkEar::clarity(double hz)
{
    read();
    return m_samples.size() < half ? 0 : listen(m_samples, hz, 8000).snrDb;
}

SinkVoice::SinkVoice(const QString& sink, double hz)
{
    const QString file = m_folder.filePath(u"tone.wav"_s);
    writeSound(file, 48000, 1, SF_FORMAT_WAV | SF_FORMAT_PCM_16,
               tone(hz, 48000, std::size_t(48000) * 60));
    begin(m_paplay, u"paplay"_s, {u"--device="_s + sink, file});
}

SinkVoice::~SinkVoice()
{
    end(m_paplay);
}

} // namespace hs::test
