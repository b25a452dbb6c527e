#include "engine/CommandRunner.h"

#include "base/Text.h"
#include "engine/CallListing.h"
#include "engine/CodecList.h"

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

bool isJoined(const Call& call)
{
    return call.conference != 0;
}

bool areTogether(const Call& a, const Call& b)
{
    return a.conference != 0 && a.conference == b.conference;
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
    const bool joins = command.verb == Command::Verb::Join;
    const std::optional<Call> other = calls.find(command.other);
    QList<Call> fitting;
    for (const Call& call : calls.calls()) {
        const bool isJoinedAlready = joins && other && areTogether(call, *other);
        if (fits(call) && call.id != command.other && !isJoinedAlready) {
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
    const auto own = std::find_if(fitting.begin(), fitting.end(), isOwn);
    if (std::count_if(fitting.begin(), fitting.end(), isOwn) == 1) {
        return own->id;
    }
    // In a conference all have it. To join, each of them stands for all.
    if (joins && own != fitting.end() && own->conference != 0) {
        return own->id;
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

Result<void> changeCodecs(call::CallControl& calls, CallId id, const QString& names)
{
    Result<QStringList> codecs = parseCodecs(names);
    if (!codecs) {
        return codecs.error();
    }
    // The others stay, behind them: some far ends say 200 to an offer of which they know nothing,
    // and speak what nobody understands.
    const std::optional<Call> call = calls.find(id);
    for (const QString& other : call ? call->codecs : QStringList()) {
        if (!codecs->contains(other)) {
            codecs->append(other);
        }
    }
    return calls.setCodecs(id, *codecs);
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
    case Command::Verb::Join:
        return resultOf(calls.join({*id, command.other}));
    case Command::Verb::Split:
        return resultOf(calls.split(*id));
    case Command::Verb::ChangeCodecs:
        return resultOf(changeCodecs(calls, *id, command.target));
    default:
        return resultOf(calls.hangUp(*id, by));
    }
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
    case Command::Verb::Split:
        return meant(calls, command, isJoined, "no call is in a conference");
    case Command::Verb::TransferToCall:
    case Command::Verb::Join:
        return meant(calls, command, isUp, "there is no other call that is answered");
    default:
        return meant(calls, command, isUp, "there is no call that is answered");
    }
}

} // namespace hs::engine
