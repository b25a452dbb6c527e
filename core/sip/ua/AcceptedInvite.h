// AcceptedInvite: a 2xx of ours that is repeated until its ACK comes (RFC 3261 section 13.3.1.4),
// from T1 doubling up to T2, for 64*T1 at most. Thread: one, the transaction layer's.
#pragma once

#include "sip/ua/UaCore.h"

namespace hs::sip {

class AcceptedInvite {
public:
    AcceptedInvite(UaCore& core, const ServerTransactionId& id, Response ok,
                   std::function<void()> noAck);

    std::uint32_t sequence() const { return m_sequence; }
    bool awaitsAck() const { return m_awaitsAck; }
    void acknowledged();

private:
    void repeat();

    UaCore& m_core;
    ServerTransactionId m_id;
    Response m_ok;
    std::uint32_t m_sequence = 0;
    bool m_awaitsAck = true;
    base::Duration m_interval;
    base::Timer m_repeatTimer;
    base::Timer m_giveUpTimer;
};

} // namespace hs::sip
