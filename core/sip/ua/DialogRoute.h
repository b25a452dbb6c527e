// DialogRoute: where a dialog's next request goes. An address is known at once; a name is looked
// up, once as long as somebody answers there, and requests wait for it in order. Where nothing that
// is named can be reached, they go where the far end's messages come from: a dead name in a Contact
// is no reason to lose a call. Thread: one, the transaction layer's.
#pragma once

#include "sip/ua/UaCore.h"

#include <memory>
#include <vector>

namespace hs::sip {

class DialogRoute {
public:
    // At least one: where it fails or answers 503, the next one is tried (RFC 3263 section 4.3).
    using Ready = std::function<void(const Resolver::Hops&)>;

    // `seen` is where the far end's last message came from, at which of our addresses.
    DialogRoute(UaCore& core, const Hop& seen);

    void whenKnown(const Uri& next, Ready ready);
    // What became of a request: the next one goes to who answered at once; to all that there may
    // be by now after nobody did.
    void answeredBy(const Hop& hop) { m_state->answered = hop; }
    void nobodyAnswered();
    void setSeen(const Hop& seen);
    const Hop& seen() const { return m_state->seen; }

private:
    struct State {
        Hop seen; // moves: a NAT forgets, a connection is made anew
        std::optional<Hop> answered; // a request of ours
        bool isSecure = false; // a sips URI is resolved: by TLS and nothing else
        QByteArray host; // that is resolved: a certificate must name it
        QByteArray resolvedFor;
        std::optional<Resolver::Hops> resolved; // none if the name is dead; null while it is asked
        std::vector<Ready> waiting;
    };
    static Resolver::Hops hops(const UaCore& core, const State& state);

    UaCore& m_core;
    std::shared_ptr<State> m_state; // a lookup may come back after the dialog is gone
};

} // namespace hs::sip
