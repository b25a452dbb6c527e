#include "sip/ua/DialogRoute.h"

#include "base/LogCategories.h"

namespace hs::sip {

DialogRoute::DialogRoute(UaCore& core, const Hop& seen)
    : m_core(core)
    , m_state(std::make_shared<State>())
{
    m_state->seen = seen;
}

void DialogRoute::whenKnown(const Uri& next, Ready ready)
{
    const QByteArray wanted = next.host + ':' + QByteArray::number(next.port);
    if (m_state->resolvedFor == wanted) {
        if (m_state->resolved) {
            ready(*m_state->resolved);
        } else {
            m_state->waiting.push_back(std::move(ready));
        }
        return;
    }
    m_state->resolvedFor = wanted;
    m_state->resolved.reset();
    m_state->waiting.push_back(std::move(ready));
    m_core.resolver.resolve(
        next, [weak = std::weak_ptr(m_state), wanted](const base::Result<Resolver::Hops>& result) {
            const std::shared_ptr<State> state = weak.lock();
            if (!state || state->resolvedFor != wanted) {
                return;
            }
            if (!result) {
                qCWarning(base::lcSip).noquote()
                    << result.error().text << "- the request goes to"
                    << state->seen.remote.toString() << "instead, where the call came from";
            }
            Hop hop = result ? result->first() : state->seen;
            hop.local = state->seen.local;
            state->resolved = hop;
            for (const Ready& waiting : std::exchange(state->waiting, {})) {
                waiting(hop);
            }
        });
}

} // namespace hs::sip
