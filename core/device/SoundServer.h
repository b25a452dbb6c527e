// SoundServer: what PulseAudio (or PipeWire in its stead) says of itself, over a connection of our
// own that never blocks: is it there, does it answer, which devices has it, which are the default
// ones. Needed beside QMediaDevices, which in Qt 6.4 marks no microphone as the default one, does
// not notice when the default changes, and blocks for ever on a server that hangs: it is touched
// only after this one had an answer. Where Qt Multimedia does not use PulseAudio, this is always
// ready and knows no devices. Thread: the one that made it; the signal comes from another.
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

namespace hs::device {

class SoundServer final : public QObject {
    Q_OBJECT
public:
    using Time = std::chrono::steady_clock::time_point;
    enum class State { Absent, Connecting, Ready };
    struct Devices {
        QByteArray defaultOutput; // a name; Qt calls it the id of a QAudioDevice
        QByteArray defaultInput;
        QList<QByteArray> outputs;
        QList<QByteArray> inputs; // without the monitors of outputs

        friend bool operator==(const Devices&, const Devices&) = default;
    };
    struct View {
        State state = State::Absent;
        Time since; // when that state began
        std::optional<Devices> devices; // none: not known
        Time answeredAt; // when it last answered; long ago if it never did
        Time questionAt; // when what it answered then was asked
        std::optional<Time> askedAt; // since when an answer is waited for
    };

    explicit SoundServer(QObject* parent = nullptr);
    ~SoundServer() override;

    View view() const;
    // Asks for the devices, if it is there and not asked yet; changed() tells of the answer.
    void refresh();
    // Connects again if the server is absent.
    void retry();

Q_SIGNALS:
    void changed();

private:
    struct Connection;
    friend struct Connection;
    void setState(State state);

    mutable std::mutex m_mutex; // of the view
    View m_view;
    std::unique_ptr<Connection> m_connection;
};

} // namespace hs::device
