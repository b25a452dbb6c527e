#include "ui/TransferWords.h"

#include "ui/CallWords.h"
#include "ui/Formatting.h"

namespace hs::ui {

using model::Call;
using model::TransferState;

namespace {
constexpr int longestTarget = 60;

QString statusWords(int code)
{
    switch (code) {
    case 400:
        return TransferWords::tr("Bad Request");
    case 403:
        return TransferWords::tr("Forbidden");
    case 404:
        return TransferWords::tr("Not Found");
    case 408:
        return TransferWords::tr("Request Timeout");
    case 420:
        return TransferWords::tr("Bad Extension");
    case 480:
        return TransferWords::tr("Temporarily Unavailable");
    case 481:
        return TransferWords::tr("Call Does Not Exist");
    case 484:
        return TransferWords::tr("Address Incomplete");
    case 486:
    case 600:
        return TransferWords::tr("Busy Here");
    case 487:
        return TransferWords::tr("Request Terminated");
    case 488:
        return TransferWords::tr("Not Acceptable Here");
    case 500:
        return TransferWords::tr("Server Internal Error");
    case 501:
        return TransferWords::tr("Not Implemented");
    case 503:
        return TransferWords::tr("Service Unavailable");
    case 603:
        return TransferWords::tr("Decline");
    default:
        return {};
    }
}

QString failure(const Call& call, const QString& target)
{
    const QString stays = call.direction == model::Direction::Incoming
        ? TransferWords::tr("the caller is still with you")
        : TransferWords::tr("the call is still with you");
    if (call.transferCode < 300) {
        return TransferWords::tr("Transfer to %1 failed \u2014 %2").arg(target, stays);
    }
    //: %1 whom the call was to go to, %2 a SIP status, %3 "the caller is still with you"
    return TransferWords::tr("Transfer to %1 failed: %2 \u2014 %3")
        .arg(target, TransferWords::status(call.transferCode), stays);
}
} // namespace

QString TransferWords::status(int code)
{
    const QString words = statusWords(code);
    return words.isEmpty() ? QString::number(code)
                           : QString::number(code) + QLatin1Char(' ') + words;
}

TransferWords::Progress TransferWords::progress(const Call& call)
{
    const QString icon = QStringLiteral("transfer");
    const QString target = Formatting::plain(call.transferTarget, longestTarget);
    switch (call.transfer) {
    case TransferState::Requested:
        return {tr("Transfer to %1: asked for").arg(target), icon, Tone::Held};
    case TransferState::Trying:
        return {tr("Transfer to %1: being tried").arg(target), icon, Tone::Held};
    case TransferState::Ringing:
        return {tr("Transfer to %1: ringing").arg(target), icon, Tone::Held};
    case TransferState::Completed:
        return {tr("Transferred to %1").arg(target), icon, Tone::Active};
    case TransferState::Failed:
        return {failure(call, target), QStringLiteral("warning"), Tone::Bad};
    case TransferState::None:
        break;
    }
    return {};
}

QString TransferWords::refused(const model::RefusedReferral& referral)
{
    using Why = model::RefusedReferral::Why;
    const QString who = CallWords::number(referral.call);
    const QString target = Formatting::plain(referral.target, longestTarget);
    if (target.isEmpty()) {
        return tr("%1 wanted to transfer you but did not say to whom. Your call with %1 goes on.")
            .arg(who);
    }
    //: Each: %1 who asked, %2 to whom we should be transferred
    switch (referral.why) {
    case Why::NotCallable:
        return tr("%1 wanted to transfer you to %2, which is nothing that can be called. Your call "
                  "with %1 goes on.")
            .arg(who, target);
    case Why::NoAccount:
        return tr("%1 wanted to transfer you to %2, but there is no account to call a number by. "
                  "Your call with %1 goes on.")
            .arg(who, target);
    case Why::CallsInUse:
        return tr("%1 wanted to transfer you to %2, but all calls that max_calls allows are in "
                  "use. Your call with %1 goes on.")
            .arg(who, target);
    case Why::Unattended:
        break;
    }
    return tr("%1 wanted to be connected with %2; that is only done for calls that a person "
              "has. The machine's call with %1 goes on.")
        .arg(who, target);
}

QString TransferWords::whoseCall(const Call& call)
{
    const QString number = call.direction == model::Direction::Incoming
        ? Formatting::plain(call.calledNumber, longestTarget)
        : QString();
    const QString account = Formatting::plain(call.account, longestTarget);
    if (number.isEmpty()) {
        return account.isEmpty() ? QString() : tr("via %1", "an account").arg(account);
    }
    //: %1 is the number that was called, %2 the name of an account
    return account.isEmpty() ? tr("for %1", "a number that was called").arg(number)
                             : tr("for %1 via %2").arg(number, account);
}

QString TransferWords::origin(const Call& call)
{
    if (!call.transferredBy.isEmpty()) {
        return tr("transferred by %1").arg(Formatting::plain(call.transferredBy, longestTarget));
    }
    return call.divertedBy.isEmpty()
        ? QString()
        : tr("diverted by %1").arg(Formatting::plain(call.divertedBy, longestTarget));
}

} // namespace hs::ui
