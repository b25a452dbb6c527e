#include "sip/ua/DialogRoute.h"

#include "base/LogCategories.h"

#include <algorithm>

namespace hs::sip {

namespace {
bool isReachedBy(const Hop& hop, const Hop& seen)
{
    return hop.remote == seen.remote && hop.kind == seen.kind;
}

// A way that was chosen to be TLS is left for no other.
bool isAsSecure(const Hop& other, const Hop& hop)
{
    return other.kind == TransportKind::Tls || hop.kind != TransportKind::Tls;
}

// The way that the far end's messages take, where that is surely the right one; else the one that
// its Contact or Record-Route names.
Hop chosen(const UaCore& core, Hop hop, const Hop& seen)
{
    // The same host and port: then by the connection that there is, whose certificate was looked at
    // when it was made. (A Record-Route names addresses, certificates name domains.)
    if (isReachedBy(hop, seen)) {
        return seen;
    }
    const base::IpAddress& named = hop.remote.address();
    const base::IpAddress& real = seen.remote.address();
    // A connection that the far end has made, from a port of the moment: it is there, and a new one
    // to the port that it names may be refused, or its certificate name the domain.
    if (hop.isReliable() && hop.kind == seen.kind && named == real && seen.connection != 0
        && core.transactions.isOpen(seen)) {
        return seen;
    }
    // A telephone behind a NAT that writes its private address into Contact: only the way back
    // leads to it.
    if (named.isPrivate() && !real.isPrivate() && !real.isLoopback() && isAsSecure(seen, hop)) {
        return seen;
    }
    if (seen.local.isNull() || seen.local.family() == named.family()) {
        hop.local = seen.local;
    }
    return hop;
}

void goFirst(Resolver::Hops& hops, const Hop& hop)
{
    std::stable_partition(hops.begin(), hops.end(),
                          [&hop](const Hop& each) { return isReachedBy(each, hop); });
}
} // namespace

DialogRoute::DialogRoute(UaCore& core, const Hop& seen)
    : m_core(core)
    , m_state(std::make_shared<State>())
{
    m_state->seen = seen;
}

void DialogRoute::setSeen(const Hop& seen)
{
    if (!isReachedBy(seen, m_state->seen)) {
        m_state->answered.reset(); // that was before it moved
    }
    m_state->seen = seen;
}

void DialogRoute::nobodyAnswered()
{
    m_state->answered.reset();
    if (m_state->resolved) {
        m_state->resolvedFor.clear();
    }
}

Resolver::Hops DialogRoute::hops(const UaCore& core, const State& state)
{
    Resolver::Hops hops;
    const auto add = [&hops](const Hop& hop) {
        const bool isNew = std::none_of(hops.cbegin(), hops.cend(),
                                        [&hop](const Hop& each) { return isReachedBy(each, hop); });
        if (isNew) {
            hops.append(hop);
        }
    };
    bool isTls = state.isSecure;
    for (const Hop& named : *state.resolved) {
        isTls = isTls || named.kind == TransportKind::Tls;
        add(chosen(core, named, state.seen));
    }
    goFirst(hops, state.seen); // of several servers of that name the one that is alive
    if (!isTls || state.seen.kind == TransportKind::Tls) {
        add(state.seen);
    } else if (hops.isEmpty()) {
        // RFC 3261 section 26.2.2: TLS or nothing, also where its name is dead.
        Hop secure;
        secure.remote = {state.seen.remote.address(), 5061};
        secure.kind = TransportKind::Tls;
        secure.kindIsFixed = true;
        secure.domain = state.host;
        add(secure);
    }
    if (state.answered) {
        goFirst(hops, *state.answered);
    }
    return hops;
}

void DialogRoute::whenKnown(const Uri& next, Ready ready)
{
    const QByteArray wanted = next.scheme + ':' + next.host + ':' + QByteArray::number(next.port)
        + ';' + next.params.find("transport").value_or(QByteArrayView()).toByteArray();
    if (m_state->resolvedFor == wanted) {
        if (m_state->resolved) {
            ready(hops(m_core, *m_state));
        } else {
            m_state->waiting.push_back(std::move(ready));
        }
        return;
    }
    m_state->resolvedFor = wanted;
    m_state->isSecure = next.isSips();
    m_state->host = next.host;
    m_state->resolved.reset();
    m_state->waiting.push_back(std::move(ready));
    m_core.resolver.resolve(next,
                            [&core = m_core, weak = std::weak_ptr(m_state),
                             wanted](const base::Result<Resolver::Hops>& result) {
                                const std::shared_ptr<State> state = weak.lock();
                                if (!state || state->resolvedFor != wanted) {
                                    return;
                                }
                                if (!result) {
                                    qCWarning(base::lcSip).noquote()
                                        << result.error().text << "- the request goes to"
                                        << state->seen.remote.toString()
                                        << "instead, where the far end's messages come from";
                                }
                                state->resolved = result ? *result : Resolver::Hops();
                                for (const Ready& waiting : std::exchange(state->waiting, {})) {
                                    waiting(hops(core, *state));
                                }
                            });
}

} // namespace hs::sip
