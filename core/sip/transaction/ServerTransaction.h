// ServerTransaction: the face that both server transactions show to the transaction layer (RFC 3261
// section 17.2).
#pragma once

#include "sip/message/Message.h"
#include "sip/transaction/Transaction.h"

namespace hs::sip {

class ServerTransaction : public Transaction {
public:
    ServerTransaction(Environment environment, Request request)
        : Transaction(std::move(environment))
        , m_request(std::move(request))
    {
    }

    virtual void start() = 0;
    // The same request once more.
    virtual void receiveRetransmission() = 0;
    // From the transaction user. What the state allows no more is dropped.
    virtual void respond(const Response& response) = 0;

    const Request& request() const { return m_request; }

private:
    const Request m_request;
};

} // namespace hs::sip
