#include "ui/AccountWords.h"

#include "ui/CoreWords.h"
#include "ui/Formatting.h"

#include <QDateTime>

#include <algorithm>

namespace hs::ui {

using model::AccountState;
using model::LampState;
using model::RegistrationState;

namespace {
// As a sentence: with a capital letter and a stop.
QString closed(QString text)
{
    text[0] = text[0].toUpper();
    const auto stops = QStringLiteral(".?!\u3002\uff1f\uff01");
    return stops.contains(text.back()) ? text : AccountWords::tr("%1.", "a sentence").arg(text);
}
} // namespace

QString AccountWords::state(const AccountState& account)
{
    switch (account.state) {
    case RegistrationState::Registering:
        return tr("Registering", "state of an account");
    case RegistrationState::Registered:
        return tr("Registered", "state of an account");
    case RegistrationState::Reachable:
        return tr("Reachable", "state of an account");
    case RegistrationState::Failed:
        return tr("Failing", "state of an account");
    case RegistrationState::Unregistering:
        return tr("Unregistering", "state of an account");
    case RegistrationState::Off:
        break;
    }
    return tr("Off", "state of an account");
}

QString AccountWords::icon(RegistrationState state)
{
    switch (state) {
    case RegistrationState::Registering:
    case RegistrationState::Unregistering:
        return QStringLiteral("state-dialing");
    case RegistrationState::Registered:
    case RegistrationState::Reachable:
        return QStringLiteral("check");
    case RegistrationState::Failed:
        return QStringLiteral("warning");
    case RegistrationState::Off:
        break;
    }
    return QStringLiteral("state-ended");
}

Tone AccountWords::tone(RegistrationState state)
{
    switch (state) {
    case RegistrationState::Registering:
    case RegistrationState::Unregistering:
        return Tone::Dialing;
    case RegistrationState::Registered:
    case RegistrationState::Reachable:
        return Tone::Active;
    case RegistrationState::Failed:
        return Tone::Bad;
    case RegistrationState::Off:
        break;
    }
    return Tone::Secondary;
}

QString AccountWords::reason(const AccountState& account)
{
    const QString why = Formatting::plain(CoreWords::reason(account.problem), 300).trimmed();
    return account.state == RegistrationState::Failed && !why.isEmpty() ? closed(why) : QString();
}

QString AccountWords::detail(const AccountState& account, qint64 now)
{
    const QString problem =
        Formatting::plain(CoreWords::translated(account.problem), 300).trimmed();
    if (account.state == RegistrationState::Registered) {
        const QDateTime until = QDateTime::fromMSecsSinceEpoch(account.registeredUntil);
        return account.registeredUntil == 0
            ? QString()
            : tr("until %1", "registered").arg(until.toString(QStringLiteral("HH:mm")));
    }
    if (account.state != RegistrationState::Failed) {
        return problem;
    }
    // The reason first: it is what one looks for, and where there is little room the rest is cut.
    const QString why = closed(problem.isEmpty() ? tr("No reason is known") : problem);
    if (account.nextTryAt == 0) {
        //: %1 a reason, a whole sentence
        return tr("%1 Not tried again until you do.").arg(why);
    }
    const qint64 seconds = std::max<qint64>(0, (account.nextTryAt - now + 999) / 1000);
    const QString left =
        seconds < 100 ? tr("%1 s", "seconds").arg(seconds) : Formatting::duration(seconds * 1000);
    //: %1 a reason, a whole sentence, %2 how long it is until then
    return tr("%1 Next try in %2.").arg(why, left);
}

QString AccountWords::sentence(const AccountState& account, qint64 now)
{
    const QString said = detail(account, now);
    return said.isEmpty() ? state(account)
                          //: %1 a state such as "Registered", %2 more of it, such as "until 14:30"
                          : tr("%1 \u2014 %2").arg(state(account), said);
}

bool AccountWords::isBad(const QList<AccountState>& states)
{
    return std::any_of(states.begin(), states.end(), [](const AccountState& account) {
        return account.state == RegistrationState::Failed;
    });
}

QString AccountWords::summary(const QList<AccountState>& states)
{
    const auto count = [&states](RegistrationState wanted) {
        return int(
            std::count_if(states.begin(), states.end(), [wanted](const AccountState& account) {
                return account.state == wanted;
            }));
    };
    const int all = int(states.size());
    const int failing = count(RegistrationState::Failed);
    if (all == 0) {
        return tr("no account");
    }
    if (failing > 0) {
        return all == 1 ? tr("account failing")
                        //: %1 of %2 accounts
                        : tr("%1 of %2 accounts failing").arg(failing).arg(all);
    }
    if (count(RegistrationState::Registering) > 0) {
        return tr("registering", "accounts");
    }
    if (count(RegistrationState::Registered) + count(RegistrationState::Reachable) == 0) {
        return all == 1 ? tr("account off") : tr("accounts off");
    }
    return all == 1 ? tr("account fine") : tr("all accounts fine");
}

int AccountWords::newMessages(const QList<AccountState>& states)
{
    int count = 0;
    for (const AccountState& account : states) {
        count += std::max(0, account.newMessages);
    }
    return count;
}

QString AccountWords::newMessages(int count)
{
    if (count <= 0) {
        return {};
    }
    return count == 1 ? tr("1 new voice message") : tr("%n new voice messages", nullptr, count);
}

QString AccountWords::lamp(LampState state)
{
    switch (state) {
    case LampState::Idle:
        return tr("idle", "an extension");
    case LampState::Ringing:
        return tr("ringing", "an extension");
    case LampState::Busy:
        return tr("busy", "an extension");
    case LampState::Unknown:
        break;
    }
    return tr("unknown", "an extension");
}

QString AccountWords::lampIcon(LampState state)
{
    switch (state) {
    case LampState::Idle:
        return QStringLiteral("lamp-idle");
    case LampState::Ringing:
        return QStringLiteral("state-ringing");
    case LampState::Busy:
        return QStringLiteral("lamp-busy");
    case LampState::Unknown:
        break;
    }
    return QStringLiteral("lamp-unknown");
}

Tone AccountWords::lampTone(LampState state)
{
    switch (state) {
    case LampState::Idle:
        return Tone::Active;
    case LampState::Ringing:
        return Tone::Ringing;
    case LampState::Busy:
        return Tone::Bad;
    case LampState::Unknown:
        break;
    }
    return Tone::Secondary;
}

} // namespace hs::ui
