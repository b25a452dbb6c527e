#include "engine/CommandRunner.h"

#include "base/Text.h"
#include "engine/AccountListing.h"
#include "engine/TextTable.h"
#include "sip/message/StatusCode.h"

#include <QDateTime>
#include <QJsonObject>
#include <QTimeZone>

#include <algorithm>

namespace hs::engine {

using base::Error;
using base::Result;
using model::Call;
using model::CallId;
using model::CallState;

namespace {
using Fits = bool (*)(const Call&);

bool any(const Call&)
{
    return true;
}

bool rings(const Call& call)
{
    return call.state == CallState::RingingIn;
}

bool isUp(const Call& call)
{
    return call.state == CallState::Active || call.state == CallState::Held;
}

bool canBeHeld(const Call& call)
{
    return isUp(call) && !call.heldByUs;
}

bool isHeld(const Call& call)
{
    return call.heldByUs;
}

// The one that was named; else the only one that fits, the operator's own first.
Result<CallId> meant(const call::CallControl& calls, const Command& command, Fits fits,
                     const char* none)
{
    for (const CallId named : {command.other, command.id}) {
        if (named != 0 && !calls.find(named)) {
            return Error{
                QStringLiteral("there is no call %1; --list shows those there are").arg(named)};
        }
    }
    if (command.id != 0) {
        return command.id;
    }
    QList<Call> fitting;
    for (const Call& call : calls.calls()) {
        if (fits(call) && call.id != command.other) {
            fitting << call;
        }
    }
    if (fitting.isEmpty()) {
        return Error{QString::fromLatin1(none)};
    }
    // Who rings longest is answered first; that is no question of which is meant.
    if (fitting.size() == 1 || fits == rings) {
        return fitting.constFirst().id;
    }
    const auto isOwn = [](const Call& call) { return call.hasHeadset; };
    if (std::count_if(fitting.begin(), fitting.end(), isOwn) == 1) { // in a conference all have it
        return std::find_if(fitting.begin(), fitting.end(), isOwn)->id;
    }
    return Error{QStringLiteral("%1 calls could be meant; name one by its ID, --list shows them")
                     .arg(fitting.size())};
}

CommandResult resultOf(const Result<void>& done)
{
    return done ? CommandResult::done() : CommandResult::refused(done.error().text);
}

CommandResult hangUpAll(call::CallControl& calls, const model::Actor& by)
{
    const QList<Call> before = calls.calls();
    if (before.isEmpty()) {
        return CommandResult::refused(QStringLiteral("there is no call"));
    }
    for (const Call& call : before) {
        const Result<void> ended = calls.hangUp(call.id, by);
        if (!ended && calls.find(call.id)) {
            return CommandResult::refused(ended.error().text);
        }
    }
    return CommandResult::done();
}

Result<void> checkDigits(const QString& digits)
{
    const bool fits = !digits.isEmpty() && digits.size() <= 128
        && std::all_of(digits.begin(), digits.end(),
                       [](QChar c) { return QStringLiteral("0123456789*#ABCDabcd").contains(c); });
    return fits ? Result<void>()
                : Error{QStringLiteral("'%1' can't be sent: there are only the digits 0 to 9, *, # "
                                       "and A to D, at most 128 at once")
                            .arg(base::printable(digits, 60))};
}

CommandResult withCall(call::CallControl& calls, const Command& command, const model::Actor& by)
{
    const Result<CallId> id = callMeant(calls, command);
    if (!id) {
        return CommandResult::refused(id.error().text);
    }
    switch (command.verb) {
    case Command::Verb::Answer:
        return resultOf(calls.answer(*id, by));
    case Command::Verb::Hold:
    case Command::Verb::Unhold:
        return resultOf(calls.setHeld(*id, command.verb == Command::Verb::Hold));
    case Command::Verb::Dtmf:
        return resultOf(calls.sendDigits(*id, command.digits));
    case Command::Verb::Transfer:
        return resultOf(calls.transfer(*id, command.target));
    case Command::Verb::TransferToCall:
        return resultOf(calls.transferToCall(*id, command.other));
    default:
        return resultOf(calls.hangUp(*id, by));
    }
}

QString owner(const model::Actor& actor)
{
    return actor.kind == model::ActorKind::Client ? QStringLiteral("client:%1").arg(actor.client)
                                                  : model::toWord(actor.kind);
}

// "ringing: 201", "failed with 486 Busy Here: 201"
QString transferWords(const QJsonValue& call)
{
    const QString state = call[QLatin1String("transfer")].toString();
    const int code = call[QLatin1String("transfer_code")].toInt();
    if (state.isEmpty()) {
        return QStringLiteral("-");
    }
    const QString target = base::printable(call[QLatin1String("transfer_target")].toString(), 40);
    const QString why = code < 300
        ? QString()
        : QStringLiteral(" with %1 %2").arg(code).arg(QLatin1String(sip::reasonPhrase(code)));
    return base::printable(state, 40) + why + QStringLiteral(": ") + target;
}

// How long somebody has been called without an answer; 0 once there is one.
qint64 ringingMs(const Call& call, qint64 nowMs)
{
    return call.wasAnswered() ? 0 : std::max<qint64>(0, nowMs - call.startedAt);
}

QString minutes(qint64 ms)
{
    const qint64 seconds = ms / 1000;
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}
} // namespace

CommandResult runCommand(call::CallControl& calls, const Command& command, const model::Actor& by,
                         qint64 nowMs)
{
    switch (command.verb) {
    case Command::Verb::Raise:
        return CommandResult::refused(QStringLiteral("there is no window"));
    case Command::Verb::Accounts:
        return CommandResult::refused(QStringLiteral("there are no accounts"));
    case Command::Verb::List: {
        CommandResult result;
        for (const Call& call : calls.calls()) {
            result.calls << listedCall(call, nowMs);
        }
        return result;
    }
    case Command::Verb::Call: {
        const Result<CallId> id = calls.dial({command.target, by, command.account});
        return id ? CommandResult::done(QStringLiteral("call %1").arg(*id))
                  : CommandResult::refused(id.error().text);
    }
    case Command::Verb::PickUp: {
        const Result<CallId> id = calls.pickUp(command.account, command.target, by);
        return id ? CommandResult::done(QStringLiteral("call %1").arg(*id))
                  : CommandResult::refused(id.error().text);
    }
    case Command::Verb::Dtmf:
        if (const Result<void> checked = checkDigits(command.digits); !checked) {
            return CommandResult::refused(checked.error().text);
        }
        break;
    case Command::Verb::HangUp:
        if (command.all) {
            return hangUpAll(calls, by);
        }
        break;
    default:
        break;
    }
    return withCall(calls, command, by);
}

Result<CallId> callMeant(const call::CallControl& calls, const Command& command)
{
    switch (command.verb) {
    case Command::Verb::Answer:
        return meant(calls, command, rings, "no call is ringing");
    case Command::Verb::Hold:
        return meant(calls, command, canBeHeld, "there is no call that could be put on hold");
    case Command::Verb::Unhold:
        return meant(calls, command, isHeld, "no call is on hold");
    case Command::Verb::HangUp:
        return meant(calls, command, any, "there is no call");
    case Command::Verb::TransferToCall:
        return meant(calls, command, isUp, "there is no other call that is answered");
    default:
        return meant(calls, command, isUp, "there is no call that is answered");
    }
}

QJsonObject listedCall(const Call& call, qint64 nowMs)
{
    return {
        {QStringLiteral("id"), static_cast<double>(call.id)},
        {QStringLiteral("direction"), model::toWord(call.direction)},
        {QStringLiteral("state"), model::toWord(call.state)},
        {QStringLiteral("number"), call.number},
        {QStringLiteral("display_name"), call.displayName},
        {QStringLiteral("called_number"), call.calledNumber},
        {QStringLiteral("diverted_by"), call.divertedBy},
        {QStringLiteral("transferred_by"), call.transferredBy},
        {QStringLiteral("remote_uri"), call.remoteUri},
        {QStringLiteral("connected_number"), call.connectedNumber},
        {QStringLiteral("connected_name"), call.connectedName},
        {QStringLiteral("account"), call.account},
        {QStringLiteral("owner"), owner(call.owner)},
        {QStringLiteral("answered_by"), owner(call.answeredBy)},
        {QStringLiteral("started_at"), listedTime(call.startedAt)},
        {QStringLiteral("answered_at"), listedTime(call.answeredAt)},
        {QStringLiteral("duration_ms"), static_cast<double>(call.durationMs(nowMs))},
        {QStringLiteral("ringing_ms"), static_cast<double>(ringingMs(call, nowMs))},
        {QStringLiteral("held"), call.heldByUs},
        {QStringLiteral("held_by_far_end"), call.heldByFarEnd},
        {QStringLiteral("resume_problem"), call.resumeProblem},
        {QStringLiteral("conference"), call.conference},
        {QStringLiteral("headset"), call.hasHeadset},
        {QStringLiteral("muted"), call.muted},
        {QStringLiteral("codec"), call.codec},
        {QStringLiteral("recording"), call.recording},
        {QStringLiteral("recording_path"), call.recordingPath},
        {QStringLiteral("listeners"), call.listeners},
        {QStringLiteral("digits_sent"), call.digitsSent},
        {QStringLiteral("digits_problem"), call.digitsProblem},
        {QStringLiteral("digits_received"), call.digitsReceived},
        {QStringLiteral("transfer"), model::toWord(call.transfer)},
        {QStringLiteral("transfer_target"), call.transferTarget},
        {QStringLiteral("transfer_code"), call.transferCode},
        {QStringLiteral("sip_call_id"), call.sipCallId},
    };
}

QString callTable(const QJsonArray& calls)
{
    if (calls.isEmpty()) {
        return QStringLiteral("no calls\n");
    }
    QList<QStringList> rows{{QStringLiteral("ID"), QStringLiteral("DIR"), QStringLiteral("STATE"),
                             QStringLiteral("NUMBER"), QStringLiteral("NAME"),
                             QStringLiteral("ACCOUNT"), QStringLiteral("TIME"),
                             QStringLiteral("OWNER"), QStringLiteral("TRANSFER")}};
    for (const QJsonValue& value : calls) {
        const auto text = [&value](const char* name) {
            const QString found = value[QLatin1String(name)].toString();
            return found.isEmpty() ? QStringLiteral("-") : base::printable(found, 40);
        };
        const bool isAnother = !value[QLatin1String("connected_number")].toString().isEmpty();
        rows << QStringList{
            QString::number(static_cast<qint64>(value[QLatin1String("id")].toDouble())),
            text("direction"),
            text("state"),
            text(isAnother ? "connected_number" : "number"),
            text(isAnother ? "connected_name" : "display_name"),
            text("account"),
            minutes(static_cast<qint64>(value[QLatin1String("duration_ms")].toDouble()
                                        + value[QLatin1String("ringing_ms")].toDouble())),
            text("owner"),
            transferWords(value)};
    }
    return textTable(rows);
}

} // namespace hs::engine
