// ReliableProvisional: a provisional response of ours that is repeated until its PRACK comes (RFC
// 3262 section 3), from T1 doubling, for 64*T1 at most. Thread: one, the transaction layer's.
#pragma once

#include "sip/ua/UaCore.h"

namespace hs::sip {

class ReliableProvisional {
public:
    // `response` gets its Require and RSeq here. `noPrack`: the far end never acknowledged it.
    ReliableProvisional(UaCore& core, const ServerTransactionId& id, Response response,
                        std::uint32_t rseq, std::function<void()> noPrack);

    // The final response goes out: it is repeated no more, and its PRACK may still come.
    void stopRepeating();
    bool awaitsPrack() const { return m_awaitsPrack; }
    // True if this PRACK is the one; from then on nothing is repeated.
    bool acknowledge(const Request& prack);

private:
    void repeat();

    UaCore& m_core;
    ServerTransactionId m_id;
    Response m_response;
    std::uint32_t m_rseq;
    bool m_awaitsPrack = true;
    base::Duration m_interval;
    base::Timer m_repeatTimer;
    base::Timer m_giveUpTimer;
};

} // namespace hs::sip
