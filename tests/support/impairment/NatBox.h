// NatBox: a network address and port translator by the behaviours of RFC 4787: which outside port
// an inside endpoint has, and whom it lets in. "Symmetric" is AddressAndPortDependent for both.
// Knows endpoints only, no sockets; times come with the calls, in order. Thread: one at a time.
#pragma once

#include "base/Clock.h"
#include "base/Endpoint.h"

#include <functional>
#include <optional>
#include <vector>

namespace hs::test {

struct NatRules {
    // RFC 4787 4.1 and 5.
    enum class Behaviour : std::uint8_t {
        EndpointIndependent,
        AddressDependent,
        AddressAndPortDependent,
    };
    Behaviour mapping = Behaviour::EndpointIndependent;
    Behaviour filtering = Behaviour::AddressAndPortDependent;
    // A mapping that nothing has used from inside for longer is gone (RFC 4787 4.3 wants 2 min at
    // least; many have less).
    base::Duration timeout = std::chrono::minutes(2);

    static NatRules symmetric()
    {
        return {Behaviour::AddressAndPortDependent, Behaviour::AddressAndPortDependent};
    }
};

class NatBox {
public:
    // `open` gives an outside endpoint that nobody has, for a new mapping; a null one: there is
    // none. `close`, which may be empty, takes it back.
    using Open = std::function<base::Endpoint(const base::Endpoint& inside)>;
    using Close = std::function<void(const base::Endpoint& outside)>;
    NatBox(const NatRules& rules, Open open, Close close = {});

    // From where the world sees what `inside` sends to `destination`; null: it can't be sent.
    base::Endpoint outgoing(const base::Endpoint& inside, const base::Endpoint& destination,
                            base::TimePoint now);
    // To whom inside goes what comes from `source`; nothing: it is not let in.
    std::optional<base::Endpoint> incoming(const base::Endpoint& outside,
                                           const base::Endpoint& source, base::TimePoint now);
    // It restarts, or its own address changes: all mappings are gone, the next ones are others.
    void rebind();

    std::size_t mappings() const { return m_mappings.size(); }
    std::uint64_t refused() const { return m_refused; } // that were not let in

private:
    struct Peer {
        base::Endpoint endpoint;
        base::TimePoint sentAt{};
    };
    struct Mapping {
        base::Endpoint inside;
        base::Endpoint outside;
        base::Endpoint destination; // for which it was made
        std::vector<Peer> sentTo;
        base::TimePoint usedAt{};
    };
    static bool isAlike(NatRules::Behaviour behaviour, const base::Endpoint& a,
                        const base::Endpoint& b);
    void expire(base::TimePoint now);

    NatRules m_rules;
    Open m_open;
    Close m_close;
    std::vector<Mapping> m_mappings;
    std::uint64_t m_refused = 0;
};

} // namespace hs::test
