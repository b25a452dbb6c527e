// EngineStatus: how the engine as a whole is doing, for the status bar, and what an operator should
// know of (Notice). Thread: values.
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace hs::model {

// A standing condition that a person should see until it is over. The window has the words;
// `detail` is what to put in them (an address, a path, the name of a holder, the system's reason).
enum class NoticeKind {
    SipPortTaken,
    WebSocketPortTaken,
    DatabaseHeldByOther,
    DatabaseBroken,
    RecordingFailed,
    GreetingFailed,
    HoldMusicFailed,
    NoSoundDevice,
    LogFileFailed,
};

struct Notice {
    NoticeKind kind = NoticeKind::SipPortTaken;
    QString subject; // the address, port or path that is concerned
    QString detail; // the system's reason, or who holds it
    friend bool operator==(const Notice&, const Notice&) = default;
};

struct EngineStatus {
    QString sipAddress; // "192.168.1.20:5062"; empty while SIP is down
    QString webSocketAddress; // "127.0.0.1:8080"; empty while it is down
    int rtpPortsUsed = 0; // slots, one for each call
    int rtpPortsTotal = 0;
    int liveCalls = 0;
    int autoAnswerAfter = -1; // seconds; -1: never
    bool canDialNumbers = false; // a SIP server is configured
    QString sipServer; // "192.168.1.170:5060", empty without one
    QList<Notice> notices;

    friend bool operator==(const EngineStatus&, const EngineStatus&) = default;
};

} // namespace hs::model

Q_DECLARE_METATYPE(hs::model::EngineStatus)
