#include "sip/transaction/InviteClientTransaction.h"

#include "sip/message/MessageFactory.h"

namespace hs::sip {

void InviteClientTransaction::start()
{
    m_bytes = request().toBytes();
    if (!transmit(m_bytes)) {
        // Not at once: whoever sends has no handle of this transaction yet.
        arm(m_timerB, base::Duration(0), &InviteClientTransaction::failUnreachable);
        return;
    }
    if (!reliable()) {
        m_intervalA = timers().t1;
        arm(m_timerA, m_intervalA, &InviteClientTransaction::fireA);
    }
    arm(m_timerB, timers().timeout(), &InviteClientTransaction::fireB);
}

void InviteClientTransaction::receive(const Response& response)
{
    switch (m_state) {
    case State::Calling:
    case State::Proceeding:
        if (response.statusCode < 200) {
            m_state = State::Proceeding;
            m_timerA.cancel();
            m_timerB.cancel();
            deliver(response);
        } else {
            receiveFinal(response);
        }
        break;
    case State::Completed:
        // The ACK was lost. A 2xx here (another branch of a fork, or a broken far end) is the
        // user's to acknowledge and end.
        if (response.statusCode >= 300) {
            transmit(m_ackBytes);
        } else if (response.statusCode >= 200) {
            deliver(response);
        }
        break;
    case State::Accepted:
        // RFC 6026 section 7.2: 2xx only; each is the user's to acknowledge again.
        if (response.statusCode >= 200 && response.statusCode < 300) {
            deliver(response);
        }
        break;
    case State::Terminated:
        break;
    }
}

// Section 9.1: without a final response within 64*T1 of the CANCEL there will be none (a far end of
// RFC 2543, or one that has gone).
void InviteClientTransaction::cancelled()
{
    if (m_state == State::Calling || m_state == State::Proceeding) {
        arm(m_afterCancel, timers().timeout(), &InviteClientTransaction::fireB);
    }
}

void InviteClientTransaction::receiveFinal(const Response& response)
{
    m_timerA.cancel();
    m_timerB.cancel();
    m_afterCancel.cancel();
    if (response.statusCode < 300) {
        m_state = State::Accepted;
        arm(m_timerDOrM, timers().timeout(), &InviteClientTransaction::end); // M
    } else {
        m_state = State::Completed;
        m_ackBytes = makeAckForNon2xx(request(), response).toBytes();
        transmit(m_ackBytes);
        // D: at least 32 s on an unreliable transport, for late copies of the response.
        arm(m_timerDOrM, reliable() ? base::Duration(0) : timers().timeout(),
            &InviteClientTransaction::end);
    }
    deliver(response);
}

void InviteClientTransaction::fireA()
{
    if (!transmit(m_bytes)) {
        failUnreachable();
        return;
    }
    m_intervalA *= 2;
    arm(m_timerA, m_intervalA, &InviteClientTransaction::fireA);
}

void InviteClientTransaction::fireB()
{
    m_timerA.cancel();
    m_state = State::Terminated;
    fail({ClientFailure::Kind::Timeout});
    tellTerminated();
}

void InviteClientTransaction::onTransmitFailed(const QString& why)
{
    // Once anything has come back the far end has the request: only its answer can be missing.
    if (m_state == State::Calling) {
        m_unreachableWhy = why;
        failUnreachable();
    }
}

void InviteClientTransaction::failUnreachable()
{
    m_timerA.cancel();
    m_timerB.cancel();
    m_state = State::Terminated;
    fail({ClientFailure::Kind::Transport, m_unreachableWhy});
    tellTerminated();
}

void InviteClientTransaction::end()
{
    m_state = State::Terminated;
    tellTerminated();
}

} // namespace hs::sip
