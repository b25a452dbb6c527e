// ClientTransaction: the face that both client transactions show to the transaction layer and,
// through a handle, to their user (RFC 3261 section 17.1).
#pragma once

#include "base/Text.h"
#include "sip/message/Message.h"
#include "sip/transaction/Transaction.h"

namespace hs::sip {

struct ClientFailure {
    enum class Kind { Timeout, Transport };
    Kind kind = Kind::Timeout;
    QString why{}; // a sentence, where the transport has one
};

struct ClientCallbacks {
    // Every response that RFC 3261 gives to the transaction user; of an INVITE also each 2xx that
    // is repeated or comes from another branch of a fork (RFC 6026).
    std::function<void(const Response&)> response;
    std::function<void(const ClientFailure&)> failure;
};

class ClientTransaction : public Transaction {
public:
    ClientTransaction(Environment environment, Request request, ClientCallbacks callbacks)
        : Transaction(std::move(environment))
        , m_request(std::move(request))
        , m_callbacks(std::make_shared<ClientCallbacks>(std::move(callbacks)))
    {
    }

    virtual void start() = 0;
    virtual void receive(const Response& response) = 0;
    // A CANCEL for it went out.
    virtual void cancelled() { }

    const Request& request() const { return m_request; }
    // Before it starts: it goes another way than was thought, with the Via of that.
    void changeWay(const Via& top, bool reliable)
    {
        m_request.setTopVia(top);
        setReliable(reliable);
    }
    // Something came from where the answer is to come from, and could not be read.
    void noteUnreadable(const QByteArray& why)
    {
        m_isUnreadable = true;
        m_trouble = QStringLiteral("what the server answers can't be read as SIP: %1")
                        .arg(base::printable(why, 120));
    }
    // The connection that its answer was to come by is no more. Another one would bring it (RFC
    // 3261 section 18.2.2), unless it has come already.
    void connectionClosed()
    {
        if (m_isUnreadable) {
            onTransmitFailed(m_trouble);
        }
    }
    // A sentence that explains it, if no answer comes.
    void noteTrouble(const QString& why) { m_trouble = why; }
    // It did not get there. Matters only while nothing has come back.
    void undelivered(const QString& why) { onTransmitFailed(why); }
    // The user is gone; the transaction goes on to its end by itself.
    void detach() { m_callbacks.reset(); }

protected:
    void deliver(const Response& response)
    {
        // A copy of the pointer: what is called may detach.
        if (const auto callbacks = m_callbacks; callbacks && callbacks->response) {
            callbacks->response(response);
        }
    }
    void fail(ClientFailure failure)
    {
        if (failure.why.isEmpty()) {
            failure.why = m_trouble;
        }
        if (const auto callbacks = m_callbacks; callbacks && callbacks->failure) {
            callbacks->failure(failure);
        }
    }

private:
    QString m_trouble;
    bool m_isUnreadable = false;
    Request m_request;
    std::shared_ptr<const ClientCallbacks> m_callbacks;
};

} // namespace hs::sip
