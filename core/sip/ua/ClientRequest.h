// ClientRequest: a request of ours, other than INVITE, on its way to its final response: where a
// hop fails or answers 503 the next one is tried (RFC 3263 section 4.3), a challenge is answered
// (RFC 3261 section 22). Whoever lets go of it hears no more. Thread: one, the transaction layer's.
#pragma once

#include "sip/ua/DigestClient.h"
#include "sip/ua/UaCore.h"

namespace hs::sip {

class ClientRequest : public std::enable_shared_from_this<ClientRequest> {
public:
    struct Plan {
        Request request; // all of it but Via and credentials
        Resolver::Hops hops; // at least one
        std::shared_ptr<DigestClient> credentials; // null: a challenge is a refusal like any other
        // The CSeq number of a new try; empty: the last one and 1.
        std::function<std::uint32_t()> nextSequence;
        // What depends on the hop, before each try: Contact. May be empty.
        std::function<void(Request&, const Hop&)> adapt;
    };
    // With a hop that says nothing, while there are others. RFC 3263 section 4.3 lets the
    // transaction time out first, which is half a minute: nobody waits so long.
    static constexpr base::Duration patience = std::chrono::seconds(6);
    struct Callbacks {
        // Final, by the hop that gave it. `problem` is a sentence where a challenge could not be
        // answered, else empty.
        std::function<void(const Response&, const Hop&, const QString& problem)> answered;
        std::function<void(const ClientFailure&)> failed; // no hop is left
    };

    // The server that has our binding or subscription first: another one of the same name may know
    // nothing of it.
    static Resolver::Hops startingWith(const std::optional<Hop>& server, Resolver::Hops hops);

    ClientRequest(UaCore& core, Plan plan, Callbacks callbacks);

    void start();

private:
    void send();
    void receive(const Response& response);
    void fail(const ClientFailure& failure);
    bool tryNextHop();
    void renumber();
    const Hop& hop() const { return m_plan.hops.at(m_hop); }

    UaCore& m_core;
    Plan m_plan;
    Callbacks m_callbacks;
    ChallengedRequest m_challenged;
    qsizetype m_hop = 0;
    ClientTransactionHandle m_transaction;
    base::Timer m_patience; // with a hop that says nothing, while there are others
};

} // namespace hs::sip
