#include "SampleCalls.h"

namespace hs::test {

using model::Actor;
using model::Call;
using model::CallState;
using model::Direction;
using model::NoticeKind;

namespace {

struct Person {
    const char* number;
    const char* name;
};

constexpr Person people[] = {
    {"0912341234", "Lin Mei-Hua"},     {"0933102771", ""},
    {"0223880112", "Hsu, accounting"}, {"0277000000", ""},
    {"0988776004", "王小明"},          {"+886 2 2388 0110", "Delta support"},
    {"0800090111", "Formosa Optics"}};

Call base(model::CallId id, const QString& number, Direction direction)
{
    Call call;
    call.id = id;
    call.direction = direction;
    call.number = number;
    call.remoteUri = QStringLiteral("sip:%1@192.0.2.20").arg(number);
    call.sipCallId = QStringLiteral("call-%1@192.0.2.20").arg(id);
    call.controlId = call.sipCallId;
    call.calledNumber = direction == Direction::Incoming ? QStringLiteral("022600") : QString();
    return call;
}

void talk(Call& call, quint32 lossPermille)
{
    call.codec = QStringLiteral("PCMA");
    call.packetMs = 20;
    call.remoteMedia = QStringLiteral("192.0.2.20:16402");
    call.media.packetsReceived = 5000;
    call.media.lossPermille = lossPermille;
    call.media.peakReceived = 9000;
    call.media.peakSent = 3500;
}

} // namespace

Call ringingCall(model::CallId id, const QString& number, qint64 waitedMs)
{
    Call call = base(id, number, Direction::Incoming);
    call.state = CallState::RingingIn;
    call.startedAt = noon - waitedMs;
    call.ringingAt = call.startedAt;
    call.stateSince = call.startedAt;
    return call;
}

Call activeCall(model::CallId id, const QString& number, const Actor& owner, qint64 talkedMs)
{
    Call call = base(id, number, Direction::Incoming);
    call.state = CallState::Active;
    call.owner = owner;
    call.answeredBy = owner;
    call.startedAt = noon - talkedMs - 5000;
    call.ringingAt = call.startedAt;
    call.answeredAt = noon - talkedMs;
    call.stateSince = call.answeredAt;
    call.recording = true;
    call.recordingPath = QStringLiteral("/var/recordings/%1.wav").arg(id);
    talk(call, 3);
    return call;
}

Call endedCall(model::CallId id, const QString& number)
{
    Call call = base(id, number, Direction::Outgoing);
    call.state = CallState::Ended;
    call.owner = Actor::consoleOperator();
    call.startedAt = noon - 9000;
    call.endedAt = noon - 1000;
    call.stateSince = call.endedAt;
    call.endedBy = Actor::farEnd();
    call.finalCode = 486;
    call.reason = QStringLiteral("Busy Here");
    return call;
}

QList<Call> busyHour()
{
    QList<Call> calls;
    Call mine = activeCall(1, QStringLiteral("0223880112"), Actor::consoleOperator(), 291000);
    mine.direction = Direction::Outgoing;
    mine.calledNumber.clear();
    mine.displayName = QStringLiteral("Hsu, accounting");
    mine.hasHeadset = true;
    mine.listeners = 2;
    mine.media.lossPermille = 0;
    calls << mine;

    Call bot = activeCall(2, QStringLiteral("0933102771"),
                          Actor::ofClient(QStringLiteral("127.0.0.1:40312")), 68000);
    bot.listeners = 2;
    calls << bot;

    Call held = activeCall(3, QStringLiteral("0800090111"), Actor::consoleOperator(), 157000);
    held.state = CallState::Held;
    held.heldByUs = true;
    held.stateSince = noon - 45000;
    held.displayName = QStringLiteral("Delta support");
    held.listeners = 1;
    calls << held;

    Call machine = activeCall(4, QStringLiteral("0988776004"), Actor::machine(), 31000);
    machine.displayName = QStringLiteral("王小明");
    machine.media.lossPermille = 91;
    calls << machine;

    Call dialling = base(5, QStringLiteral("0277123987"), Direction::Outgoing);
    dialling.state = CallState::RingingOut;
    dialling.owner = Actor::ofClient(QStringLiteral("127.0.0.1:40355"));
    dialling.startedAt = noon - 4000;
    dialling.stateSince = noon - 3000;
    calls << dialling;

    Call ringing = ringingCall(6, QStringLiteral("+886912341234"), 14000);
    ringing.displayName = QStringLiteral("Lin Mei-Hua, Formosa Optics");
    calls << ringing << endedCall(7, QStringLiteral("0277000000"));
    return calls;
}

namespace {
Call logged(int row)
{
    const auto& [number, name] = people[row % int(std::size(people))];
    const int kind = row % 5;
    const bool outgoing = kind == 2 || kind == 3;
    Call call = base(model::CallId(row), QString::fromUtf8(number),
                     outgoing ? Direction::Outgoing : Direction::Incoming);
    call.displayName = QString::fromUtf8(name);
    call.state = CallState::Ended;
    call.startedAt = noon - qint64(1) * row * 410000 - 60000;
    call.ringingAt = call.startedAt + 300;
    call.endedAt = call.startedAt + 21000;
    call.owner = outgoing ? Actor::consoleOperator() : Actor{};
    call.endedBy = Actor::farEnd();
    if (kind == 0) { // missed
        call.finalCode = 487;
        call.reason = QStringLiteral("Request Terminated");
    } else if (kind == 3) { // failed
        call.finalCode = 404;
        call.reason = QStringLiteral("Not Found");
    } else {
        call.answeredAt = call.startedAt + 5000;
        call.endedAt = call.answeredAt + 47000 + row % 11 * 31000;
        call.answeredBy = kind == 1 ? Actor::machine()
            : kind == 4             ? Actor::ofClient(QStringLiteral("127.0.0.1:40312"))
                                    : Actor::farEnd();
        call.owner = kind == 4 ? call.answeredBy : Actor::consoleOperator();
        call.endedBy = kind == 2 ? Actor::consoleOperator() : Actor::farEnd();
        call.finalCode = 200;
        call.recordingPath = QStringLiteral("/var/recordings/%1.wav").arg(row);
        talk(call, 2);
    }
    return call;
}
} // namespace

QList<model::LogEntry> busyLog(int rows)
{
    QList<model::LogEntry> entries;
    for (int i = 0; i < rows; ++i) {
        model::LogEntry entry;
        entry.rowId = rows - i;
        entry.engineId = QStringLiteral("engine");
        entry.call = logged(i);
        entry.recordingBytes = entry.call.recordingPath.isEmpty()
            ? 0
            : 32 * (entry.call.endedAt - entry.call.answeredAt);
        entry.cutOff = i == 8;
        entries << entry;
    }
    return entries;
}

QList<model::Recording> someRecordings(int rows)
{
    QList<model::Recording> recordings;
    for (const model::LogEntry& entry : busyLog(rows * 2)) {
        if (entry.call.recordingPath.isEmpty() || recordings.size() == rows) {
            continue;
        }
        model::Recording recording;
        recording.logRowId = entry.rowId;
        recording.number = entry.call.number;
        recording.displayName = entry.call.displayName;
        recording.direction = entry.call.direction;
        recording.path = QStringLiteral("/var/recordings/20261122_1358%1_%2_%3_a1b%1.wav")
                             .arg(recordings.size(), 2, 10, QLatin1Char('0'))
                             .arg(model::toWord(recording.direction), recording.number);
        recording.startedAt = entry.call.startedAt;
        recording.durationMs = entry.call.endedAt - entry.call.answeredAt;
        recording.bytes = 32 * recording.durationMs;
        recording.fileExists = recordings.size() != 4;
        recordings << recording;
    }
    return recordings;
}

QList<model::Client> someClients()
{
    QList<model::Client> clients;
    for (const int port : {40312, 40355, 40790}) {
        model::Client client;
        client.id = quint64(port);
        client.name = QStringLiteral("127.0.0.1:%1").arg(port);
        client.protocol = QStringLiteral("text");
        client.userAgent = QStringLiteral("Python/3.11 websockets/10.4");
        client.connectedAt = noon - port * qint64(100);
        client.bytesIn = quint64(port) * 31;
        client.bytesOut = quint64(port) * 1031;
        client.framesDropped = port == 40790 ? 112 : 0;
        clients << client;
    }
    return clients;
}

model::EngineStatus runningStatus()
{
    model::EngineStatus status;
    status.sipAddress = QStringLiteral("192.168.1.20:5062");
    status.webSocketAddress = QStringLiteral("127.0.0.1:8080");
    status.rtpPortsUsed = 6;
    status.rtpPortsTotal = 442;
    status.liveCalls = 6;
    status.canDialNumbers = true;
    status.sipServer = QStringLiteral("192.168.1.170:5060");
    return status;
}

QList<model::Notice> everyNotice()
{
    const auto notice = [](NoticeKind kind, const char* subject, const char* detail) {
        return model::Notice{kind, QLatin1String(subject), QLatin1String(detail)};
    };
    return {notice(NoticeKind::SipPortTaken, "192.168.1.20:5062", "hookswitchd (process 812)"),
            notice(NoticeKind::WebSocketPortTaken, "8080", "node (process 4711)"),
            notice(NoticeKind::DatabaseHeldByOther,
                   "/home/op/.local/share/hookswitch/hookswitch.db", "hookswitchd, process 812"),
            notice(NoticeKind::DatabaseBroken, "/home/op/hookswitch.db", "file is not a database"),
            notice(NoticeKind::RecordingFailed, "/var/recordings", "No space left on device"),
            notice(NoticeKind::GreetingFailed, "greeting.wav",
                   "File contains data in an unknown format"),
            notice(NoticeKind::HoldMusicFailed, "hold.mp3",
                   "The sound file \"hold.mp3\" has no audio in it."),
            notice(NoticeKind::NoSoundDevice, "", "There is no microphone."),
            notice(NoticeKind::LogFileFailed, "/var/log/sip_server.log", "Permission denied")};
}

} // namespace hs::test
