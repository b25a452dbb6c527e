// PulseServer: a PulseAudio of the test's own, in a folder of its own, without any card: the sink
// "ear" and the microphone "mic" that hears what is played on "ear" (Qt does not list the monitor
// of a sink as a microphone). Making one points this process and all it starts to it, by
// PULSE_SERVER.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <cstdint>
#include <vector>

namespace hs::test {

class PulseServer {
public:
    PulseServer();
    ~PulseServer();

    // False, with a reason in problem(), if PulseAudio is not installed or does not start.
    bool start();
    QString problem() const { return m_problem; }
    void kill(); // like kill -9
    void freeze(); // SIGSTOP
    void thaw();
    QString socketPath() const;

    // What pactl says; empty if it fails.
    QByteArray pactl(const QStringList& arguments);

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_problem;
};

// What is played on a sink, as 8000 Hz mono.
class SinkEar {
public:
    explicit SinkEar(const QString& sink);
    ~SinkEar();

    // The loudest frequency of the last half second, from 100 to 2000 Hz in steps of 10; 0 for
    // less than half a second or silence.
    double hears();
    // That tone in the same half second, in dB above all else.
    double clarity(double hz);

private:
    void read();

    QProcess m_parec;
    std::vector<std::int16_t> m_samples;
};

// Plays a tone to a sink by paplay, until destroyed.
class SinkVoice {
public:
    SinkVoice(const QString& sink, double hz);
    ~SinkVoice();

private:
    QTemporaryDir m_folder;
    QProcess m_paplay;
};

} // namespace hs::test
