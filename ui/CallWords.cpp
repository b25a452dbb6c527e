#include "ui/CallWords.h"

#include "ui/CoreWords.h"
#include "ui/DialText.h"
#include "ui/Formatting.h"
#include "ui/MediaWords.h"
#include "ui/TransferWords.h"

#include <algorithm>

namespace hs::ui {

using model::ActorKind;
using model::CallState;
using model::Direction;

namespace {
const auto dash = QStringLiteral("\u2014");

QString stateWord(CallState state)
{
    switch (state) {
    case CallState::RingingIn:
        return CallWords::tr("Ringing", "an incoming call rings here");
    case CallState::Dialing:
        return CallWords::tr("Dialling");
    case CallState::RingingOut:
    case CallState::EarlyMedia:
        return CallWords::tr("Rings there", "an outgoing call rings at the far end");
    case CallState::Active:
        return CallWords::tr("Active");
    case CallState::Held:
        return CallWords::tr("On hold");
    case CallState::Ended:
        break;
    }
    return CallWords::tr("Ended");
}

QString codeAndReason(const model::Call& call)
{
    const QString reason = Formatting::plain(CoreWords::translated(call.reason), 240);
    // A code of our own, with which no call came to be, says nothing to anybody beside its reason.
    const bool isOurs =
        call.endedBy.kind == ActorKind::Machine && !call.wasAnswered() && !reason.isEmpty();
    if (call.finalCode < 300 || isOurs) {
        return reason;
    }
    // Nothing else of ours asks for what a telephone may not have (RFC 3891 section 6).
    if (call.finalCode == 420 && call.direction == Direction::Outgoing && !call.wasAnswered()) {
        return call.transferredBy.isEmpty()
            ? CallWords::tr("the telephone there can't hand over its call; a pickup prefix may "
                            "help (see the account)")
            : CallWords::tr("the telephone there can't take the place of another");
    }
    const QString code = QString::number(call.finalCode);
    // Some put the code into the words as well.
    return reason.isEmpty() || reason.startsWith(code) ? (reason.isEmpty() ? code : reason)
                                                       : code + QLatin1Char(' ') + reason;
}

QString answeredEnding(const model::Call& call)
{
    if (call.transfer == model::TransferState::Completed) {
        //: %1 is a number
        return CallWords::tr("transferred to %1").arg(Formatting::plain(call.transferTarget, 60));
    }
    switch (call.endedBy.kind) {
    case ActorKind::FarEnd:
        return CallWords::tr("far end hung up");
    case ActorKind::Operator:
        return CallWords::tr("you hung up");
    case ActorKind::Machine:
        return call.finalCode >= 400 ? codeAndReason(call) : CallWords::tr("machine hung up");
    case ActorKind::Client:
        return CallWords::tr("hung up by %1").arg(Formatting::plain(call.endedBy.client, 60));
    case ActorKind::Nobody:
        break;
    }
    const QString why = codeAndReason(call);
    return why.isEmpty() ? CallWords::tr("ended") : why;
}

QString incomingEnding(const model::Call& call)
{
    switch (call.endedBy.kind) {
    case ActorKind::FarEnd:
        // RFC 3326: a CANCEL that says so; nobody has missed that call.
        return call.finalCode == 200 ? CallWords::tr("answered elsewhere")
                                     : CallWords::tr("caller gave up");
    case ActorKind::Operator:
        return CallWords::tr("declined by you");
    case ActorKind::Client:
        return CallWords::tr("declined by %1").arg(Formatting::plain(call.endedBy.client, 60));
    case ActorKind::Machine:
    case ActorKind::Nobody:
        break;
    }
    return call.finalCode == 480 || call.finalCode == 408 ? CallWords::tr("nobody answered")
                                                          : codeAndReason(call);
}
} // namespace

QString CallWords::state(const model::Call& call)
{
    return stateWord(call.state);
}

QString CallWords::stateIcon(const model::Call& call)
{
    switch (call.state) {
    case CallState::RingingIn:
        return QStringLiteral("state-ringing");
    case CallState::Dialing:
    case CallState::RingingOut:
    case CallState::EarlyMedia:
        return QStringLiteral("state-dialing");
    case CallState::Active:
        return QStringLiteral("state-active");
    case CallState::Held:
        return QStringLiteral("state-held");
    case CallState::Ended:
        break;
    }
    return QStringLiteral("state-ended");
}

QString CallWords::stateDetail(const model::Call& call)
{
    if (call.state == CallState::Ended) {
        return ending(call);
    }
    if (call.state == CallState::EarlyMedia) {
        return tr("with sound", "an outgoing call that sends sound before it is answered");
    }
    if (call.heldByUs && call.heldByFarEnd) {
        return tr("by both sides", "held");
    }
    if (call.heldByFarEnd) {
        return tr("by the far end", "held");
    }
    if (call.state == CallState::Held) {
        return tr("by us", "held");
    }
    return {};
}

QString CallWords::conference(const model::Call& call)
{
    return call.conference == 0 ? QString() : tr("Conference %1").arg(call.conference);
}

QString CallWords::longestState()
{
    QString longest;
    for (const auto state : {CallState::RingingIn, CallState::Dialing, CallState::RingingOut,
                             CallState::Active, CallState::Held, CallState::Ended}) {
        const QString word = stateWord(state);
        longest = word.size() > longest.size() ? word : longest;
    }
    return longest;
}

QString CallWords::direction(Direction direction)
{
    return direction == Direction::Incoming ? tr("in", "direction of a call")
                                            : tr("out", "direction of a call");
}

QString CallWords::actor(const model::Actor& actor)
{
    switch (actor.kind) {
    case ActorKind::Machine:
        return tr("Machine");
    case ActorKind::Operator:
        return tr("You");
    case ActorKind::Client:
        return actor.client.isEmpty() ? tr("Program") : Formatting::plain(actor.client, 60);
    case ActorKind::FarEnd:
        return tr("Far end");
    case ActorKind::Nobody:
        break;
    }
    return dash;
}

QString CallWords::actorIcon(const model::Actor& actor)
{
    switch (actor.kind) {
    case ActorKind::Machine:
        return QStringLiteral("machine");
    case ActorKind::Operator:
        return QStringLiteral("call-take");
    case ActorKind::Client:
        return QStringLiteral("program");
    case ActorKind::FarEnd:
    case ActorKind::Nobody:
        break;
    }
    return {};
}

QString CallWords::listeners(int programs)
{
    if (programs <= 0) {
        return {};
    }
    return programs == 1 ? tr("1 program listens") : tr("%n programs listen", nullptr, programs);
}

QString CallWords::number(const model::Call& call)
{
    for (const QString& candidate :
         {call.connectedNumber, call.number, call.displayName, call.remoteUri}) {
        const QString text = Formatting::plain(candidate, 80).trimmed();
        if (!text.isEmpty()) {
            return text;
        }
    }
    return tr("Unknown number");
}

QString CallWords::name(const model::Call& call)
{
    return Formatting::plain(call.connectedNumber.isEmpty() ? call.displayName : call.connectedName,
                             80);
}

QString CallWords::ending(const model::Call& call)
{
    if (call.wasAnswered()) {
        return answeredEnding(call);
    }
    if (call.direction == Direction::Incoming) {
        return incomingEnding(call);
    }
    if (call.endedBy.kind == ActorKind::Operator) {
        return tr("you gave up");
    }
    const QString why = codeAndReason(call);
    return why.isEmpty() ? tr("not answered") : why;
}

bool CallWords::isFailed(const model::Call& call)
{
    return call.direction == Direction::Outgoing && !call.isAlive() && !call.wasAnswered()
        && call.endedBy.kind != ActorKind::Operator && call.endedBy.kind != ActorKind::Client;
}

QString CallWords::kind(const model::LogEntry& entry)
{
    const model::Call& call = entry.call;
    if (call.isMissed()) {
        return tr("missed");
    }
    if (isFailed(call)) {
        return tr("failed");
    }
    return call.transferredBy.isEmpty()
        ? direction(call.direction)
        : tr("transfer", "kind of a call: made because the far end of another one asked for it");
}

QString CallWords::kindIcon(const model::LogEntry& entry)
{
    const model::Call& call = entry.call;
    if (call.isMissed()) {
        return QStringLiteral("call-missed");
    }
    if (isFailed(call)) {
        return QStringLiteral("state-ended");
    }
    if (!call.transferredBy.isEmpty()) {
        return QStringLiteral("transfer");
    }
    return call.direction == Direction::Incoming ? QStringLiteral("arrow-in")
                                                 : QStringLiteral("arrow-out");
}

QString CallWords::dialTarget(const model::Call& call, const std::optional<QString>& sipServer)
{
    if (call.remoteUri.isEmpty()) {
        return call.number;
    }
    // By no account: to an address, unless it was a number for the server of those. As a number an
    // account would carry it to somebody else.
    const QString host = call.remoteUri.section(QLatin1Char('@'), 1);
    const bool isServers = !sipServer || sipServer->isEmpty()
        ? !sipServer
        : host == *sipServer || host == *sipServer + QStringLiteral(":5060");
    const bool isAddress =
        call.direction == Direction::Outgoing && call.account.isEmpty() && !isServers;
    return isDialNumber(call.number) && !isAddress ? call.number : call.remoteUri;
}

QString CallWords::sentence(const model::Call& call, qint64 now)
{
    QStringList parts{state(call)};
    parts << stateDetail(call) << conference(call)
          << (call.direction == Direction::Incoming ? tr("incoming call") : tr("outgoing call"))
          << number(call) << name(call);
    const qint64 since = call.wasAnswered() ? call.durationMs(now) : now - call.startedAt;
    parts << Formatting::spokenDuration(since);
    if (call.owner.kind != ActorKind::Nobody) {
        //: %1 is who has the call: You, Machine, a program's address
        parts << tr("with: %1").arg(actor(call.owner));
    }
    parts << TransferWords::whoseCall(call) << TransferWords::origin(call)
          << MediaWords::trouble(call, now).text << MediaWords::codecProblem(call)
          << TransferWords::progress(call).text;
    parts << listeners(call.listeners) << (call.recording ? tr("recording") : QString())
          << (call.muted && call.hasHeadset ? tr("muted") : QString());
    parts.removeAll(QString());
    return parts.join(QLatin1String(", "));
}

} // namespace hs::ui
