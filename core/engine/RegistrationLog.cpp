#include "engine/RegistrationLog.h"

#include "base/LogCategories.h"

namespace hs::engine {

namespace {
QString whenAgain(const model::AccountState& state, const base::Clock& clock)
{
    const qint64 wait = state.nextTryAt - base::toUnixMs(clock.wall());
    return state.nextTryAt == 0 ? QString()
                                : QStringLiteral("; next try in %1 s").arg((wait + 999) / 1000);
}
} // namespace

void RegistrationLog::take(const model::AccountState& state)
{
    using State = model::RegistrationState;
    Seen now{state.state};
    if (state.state == State::Registered) {
        now.detail = QStringLiteral("%1 at %2").arg(state.addressOfRecord, state.server);
    } else if (state.state == State::Failed) {
        now.detail = state.problem;
    }
    if (const auto last = m_last.constFind(state.name); last != m_last.cend() && *last == now) {
        return;
    }
    if (state.state == State::Registered) {
        qCInfo(base::lcEngine).noquote()
            << "account" << state.name << "is registered as" << now.detail;
    } else if (state.state == State::Failed) {
        qCWarning(base::lcEngine).noquote()
            << "account" << state.name
            << "is not registered:" << now.detail + whenAgain(state, m_clock);
    }
    m_last.insert(state.name, std::move(now));
}

} // namespace hs::engine
