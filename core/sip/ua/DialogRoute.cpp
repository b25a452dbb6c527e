#include "sip/ua/DialogRoute.h"

#include "base/LogCategories.h"

namespace hs::sip {

namespace {
bool isReachedBy(const Hop& hop, const Hop& seen)
{
    return hop.remote == seen.remote && hop.kind == seen.kind;
}

// The way that the far end's messages take, where that is surely the right one; else the one that
// its Contact or Record-Route names.
Hop chosen(Hop hop, const Hop& seen)
{
    // The same host and port: then by the connection that there is, whose certificate was looked at
    // when it was made. (A Record-Route names addresses, certificates name domains.)
    if (isReachedBy(hop, seen)) {
        return seen;
    }
    // A telephone behind a NAT that writes its private address into Contact: only the way back
    // leads to it.
    const base::IpAddress& named = hop.remote.address();
    const base::IpAddress& real = seen.remote.address();
    if (named.isPrivate() && !real.isPrivate() && !real.isLoopback()) {
        return seen;
    }
    hop.local = seen.local;
    return hop;
}
} // namespace

DialogRoute::DialogRoute(UaCore& core, const Hop& seen)
    : m_core(core)
    , m_state(std::make_shared<State>())
{
    m_state->seen = seen;
}

Hop DialogRoute::hop(const State& state)
{
    return state.resolved->isEmpty() ? state.seen : chosen(state.resolved->first(), state.seen);
}

void DialogRoute::whenKnown(const Uri& next, Ready ready)
{
    const QByteArray wanted = next.scheme + ':' + next.host + ':' + QByteArray::number(next.port)
        + ';' + next.params.find("transport").value_or(QByteArrayView()).toByteArray();
    if (m_state->resolvedFor == wanted) {
        if (m_state->resolved) {
            ready(hop(*m_state));
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
            state->resolved = result ? *result : Resolver::Hops();
            for (const Ready& waiting : std::exchange(state->waiting, {})) {
                waiting(hop(*state));
            }
        });
}

} // namespace hs::sip
