#include "engine/AccountLog.h"

#include <algorithm>
#include <cstdlib>

namespace hs::engine {

namespace {
using State = model::RegistrationState;
constexpr qint64 toleranceMs = 1000; // one and the same time, taken from two clocks

bool moved(qint64 before, qint64 now)
{
    return std::abs(now - before) > toleranceMs;
}

bool isRegistrationNew(const model::AccountState& before, const model::AccountState& now)
{
    return before.state != now.state || before.server != now.server || before.problem != now.problem
        || moved(before.registeredUntil, now.registeredUntil)
        || moved(before.nextTryAt, now.nextTryAt);
}

QString whenAgain(const model::AccountState& state, qint64 now)
{
    return state.nextTryAt == 0
        ? QString()
        : QStringLiteral("; next try in %1 s").arg((state.nextTryAt - now + 999) / 1000);
}

QString words(const model::BusyLamp& lamp)
{
    switch (lamp.state) {
    case model::LampState::Idle:
        return QStringLiteral("idle");
    case model::LampState::Ringing:
        return QStringLiteral("ringing");
    case model::LampState::Busy:
        return QStringLiteral("busy");
    case model::LampState::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

AccountLog::Line lineOf(const model::BusyLamp& lamp)
{
    const QString more = lamp.state == model::LampState::Unknown
        ? (lamp.problem.isEmpty() ? QString() : QStringLiteral(": ") + lamp.problem)
        : (lamp.caller.isEmpty() ? QString() : QStringLiteral(", with ") + lamp.caller);
    return {QStringLiteral("account %1 sees that %2 is %3%4")
                .arg(lamp.account, lamp.extension, words(lamp), more),
            !lamp.problem.isEmpty()};
}
} // namespace

QList<AccountLog::Line> AccountLog::linesOf(const model::AccountState& state, qint64 now)
{
    QList<Line> lines;
    const model::AccountState before = m_states.value(state.name);
    if (isRegistrationNew(before, state)) {
        if (state.state == State::Registered) {
            lines << Line{QStringLiteral("account %1 is registered as %2 at %3")
                              .arg(state.name, state.addressOfRecord, state.server)};
        } else if (state.state == State::Failed) {
            lines << Line{QStringLiteral("account %1 is not registered: %2%3")
                              .arg(state.name, state.problem, whenAgain(state, now)),
                          true};
        }
    }
    if (state.newMessages >= 0
        && (before.newMessages != state.newMessages || before.oldMessages != state.oldMessages)) {
        lines << Line{QStringLiteral("account %1 has %2 new messages and %3 old")
                          .arg(state.name)
                          .arg(state.newMessages)
                          .arg(state.oldMessages)};
    }
    m_states.insert(state.name, state);
    return lines;
}

QList<AccountLog::Line> AccountLog::linesOf(const QList<model::BusyLamp>& lamps)
{
    QList<Line> lines;
    for (const model::BusyLamp& lamp : lamps) {
        const auto same =
            std::find_if(m_lamps.cbegin(), m_lamps.cend(), [&lamp](const model::BusyLamp& each) {
                return each.account == lamp.account && each.extension == lamp.extension;
            });
        // That it is unknown yet is no news; why its server does not tell is logged where it says.
        const bool wasUnknown = same == m_lamps.cend() || same->state == model::LampState::Unknown;
        const bool isNews = wasUnknown ? lamp.state != model::LampState::Unknown : *same != lamp;
        if (isNews) {
            lines << lineOf(lamp);
        }
    }
    m_lamps = lamps;
    return lines;
}

} // namespace hs::engine
