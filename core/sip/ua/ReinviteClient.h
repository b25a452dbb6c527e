// ReinviteClient: a new offer of ours within a dialog (RFC 3261 section 14.1), one at a time. 491 is
// tried again after the time that the section prescribes. Thread: one, the transaction layer's.
#pragma once

#include "sip/ua/Dialog.h"
#include "sip/ua/DialogRoute.h"

namespace hs::sip {

class ReinviteClient {
public:
    struct Callbacks {
        // The 2xx's body; the ACK has been asked for already.
        std::function<void(const QByteArray& sdp)> answered;
        // The session stays as it was.
        std::function<void(int code, const QByteArray& reason)> refused;
        // 408 or 481: the far end has no such dialog any more (section 12.2.1.2).
        std::function<void(int code, const QByteArray& reason)> dialogLost;
        // Acknowledge the 2xx of the INVITE with that number.
        std::function<void(std::uint32_t sequence)> acknowledge;
    };

    ReinviteClient(UaCore& core, Dialog& dialog, DialogRoute& route, Callbacks callbacks);

    void start(const QByteArray& offer);
    // An offer of ours is out, or waits to be sent again.
    bool isPending() const { return m_state != State::Idle; }
    bool isOut() const { return m_state == State::Sent; }

private:
    enum class State { Idle, Sent, WaitsAfter491 };

    void send();
    void receive(const Response& response, std::uint32_t sequence);
    void fail(ClientFailure failure);
    base::Duration glareWait() const;

    UaCore& m_core;
    Dialog& m_dialog;
    DialogRoute& m_route;
    Callbacks m_callbacks;
    State m_state = State::Idle;
    QByteArray m_offer;
    std::uint32_t m_answeredSequence = 0;
    ClientTransactionHandle m_transaction;
    base::Timer m_retry;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace hs::sip
