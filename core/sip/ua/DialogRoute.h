// DialogRoute: where a dialog's next request goes. An address is known at once; a name is looked
// up, once, and requests wait for it in order. If it can't be found, they go where the far end's
// messages come from: a dead name in a Contact is no reason to lose a call. Thread: one, the
// transaction layer's.
#pragma once

#include "sip/ua/UaCore.h"

#include <memory>
#include <vector>

namespace hs::sip {

class DialogRoute {
public:
    using Ready = std::function<void(const Hop&)>;

    // `seen` is where the far end's last message came from, at which of our addresses.
    DialogRoute(UaCore& core, const Hop& seen);

    void whenKnown(const Uri& next, Ready ready);
    void setSeen(const Hop& seen) { m_state->seen = seen; }
    const Hop& seen() const { return m_state->seen; }

private:
    struct State {
        Hop seen; // moves: a NAT forgets, a connection is made anew
        QByteArray resolvedFor;
        std::optional<Resolver::Hops> resolved; // none if the name is dead; null while it is asked
        std::vector<Ready> waiting;
    };
    static Hop hop(const State& state);

    UaCore& m_core;
    std::shared_ptr<State> m_state; // a lookup may come back after the dialog is gone
};

} // namespace hs::sip
