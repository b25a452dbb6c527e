// Calls to be logged by tests.
#pragma once

#include "model/LogEntry.h"

namespace hs::test {

inline model::LogEntry ringingCall(model::CallId id, const QString& number)
{
    model::LogEntry entry;
    entry.engineId = QStringLiteral("engine-a");
    entry.call.id = id;
    entry.call.direction = model::Direction::Incoming;
    entry.call.state = model::CallState::RingingIn;
    entry.call.number = number;
    entry.call.startedAt = 1767323045000 + static_cast<qint64>(id) * 1000;
    entry.call.ringingAt = entry.call.startedAt + 1;
    return entry;
}

inline model::LogEntry missedCall(model::CallId id, const QString& number)
{
    model::LogEntry entry = ringingCall(id, number);
    entry.call.state = model::CallState::Ended;
    entry.call.endedBy = model::Actor::farEnd();
    entry.call.endedAt = entry.call.startedAt + 9000;
    entry.call.finalCode = 487;
    return entry;
}

// Every field that is kept has a value of its own.
inline model::LogEntry fullCall(model::CallId id)
{
    model::LogEntry entry = ringingCall(id, QStringLiteral("+886912345678"));
    model::Call& call = entry.call;
    entry.recordingBytes = 123456789012;
    call.direction = model::Direction::Outgoing;
    call.state = model::CallState::Ended;
    call.owner = model::Actor::ofClient(QStringLiteral("127.0.0.1:40312"));
    call.answeredBy = model::Actor::farEnd();
    call.endedBy = model::Actor::consoleOperator();
    call.sipCallId = QStringLiteral("a84b4c76e66710@pc33.example.com");
    call.controlId = QStringLiteral("a84b4c76e66710@pc33.example.com~2");
    call.displayName = QString::fromUtf8("王小明 \"Ming\" 😀");
    call.remoteUri = QStringLiteral("sip:+886912345678@pbx.example.com");
    call.calledNumber = QStringLiteral("1001");
    call.account = QStringLiteral("office");
    call.divertedBy = QStringLiteral("77441");
    call.transferredBy = QStringLiteral("66330");
    call.digitsSent = QStringLiteral("12#");
    call.digitsReceived = QStringLiteral("*9A");
    call.transfer = model::TransferState::Failed;
    call.transferTarget = QStringLiteral("88552");
    call.transferCode = 486;
    call.trouble = model::MediaTrouble::FarEndHearsNothing;
    call.troubleSince = call.startedAt + 20000;
    call.codec = QStringLiteral("PCMA");
    call.packetMs = 20;
    call.remoteMedia = QStringLiteral("192.0.2.1:4000");
    call.answeredAt = call.startedAt + 5000;
    call.endedAt = call.startedAt + 65000;
    call.stateSince = call.endedAt;
    call.finalCode = 200;
    call.reason = QStringLiteral("OK");
    call.recordingPath = QStringLiteral("/var/recordings/call %1.wav").arg(id);
    call.media.packetsSent = 3000;
    call.media.packetsReceived = 2990;
    call.media.packetsLost = 10;
    call.media.packetsDiscarded = 3;
    call.media.packetsForeign = 1;
    call.media.jitterUs = 1250;
    call.media.lossPermille = 4;
    call.media.remoteLost = 7;
    call.media.remoteLossPermille = 2;
    call.media.remoteJitterUs = 800;
    call.media.roundTripUs = 43000;
    call.media.mosReceivedAverageCentis = 412;
    call.media.mosSentAverageCentis = 387;
    call.media.firstRtpAt = call.startedAt + 5100;
    call.media.lastRtpAt = call.startedAt + 64900;
    return entry;
}

} // namespace hs::test
