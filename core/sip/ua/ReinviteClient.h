// ReinviteClient: a new offer of ours within a dialog (RFC 3261 section 14.1), one at a time. After
// a 491 there is none for the time that the section prescribes. Thread: one, the transaction
// layer's.
#pragma once

#include "sip/ua/Dialog.h"
#include "sip/ua/DialogRoute.h"

#include <deque>

namespace hs::sip {

class ReinviteClient {
public:
    struct Callbacks {
        // The 2xx's body; the ACK has been asked for already.
        std::function<void(const QByteArray& sdp)> answered;
        // The session stays as it was. After 491 a new offer may be made when mayTryAgain says so.
        std::function<void(int code, const QByteArray& reason)> refused;
        // 408 or 481: the far end has no such dialog any more (section 12.2.1.2).
        std::function<void(int code, const QByteArray& reason)> dialogLost;
        std::function<void()> mayTryAgain;
        // Acknowledge the 2xx of the INVITE with that number.
        std::function<void(std::uint32_t sequence)> acknowledge;
    };

    ReinviteClient(UaCore& core, Dialog& dialog, DialogRoute& route, Callbacks callbacks);

    void start(const QByteArray& offer);
    // The call ends: nothing is sent any more.
    void stop() { m_retry.cancel(); }
    // An offer of ours is out, or was refused with 491 a moment ago.
    bool isPending() const { return m_state != State::Idle; }
    bool isOut() const { return m_state == State::Sent; }

private:
    enum class State { Idle, Sent, WaitsAfter491 };

    void receive(const Response& response, std::uint32_t sequence);
    void fail(const ClientFailure& failure);
    base::Duration glareWait() const;

    UaCore& m_core;
    Dialog& m_dialog;
    DialogRoute& m_route;
    Callbacks m_callbacks;
    State m_state = State::Idle;
    std::uint32_t m_answeredSequence = 0;
    // The last ones: copies of a 2xx whose ACK was lost may come after the next offer was made.
    std::deque<ClientTransactionHandle> m_transactions;
    base::Timer m_retry;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace hs::sip
