#include "sip/transaction/NonInviteClientTransaction.h"

#include <algorithm>

namespace hs::sip {

void NonInviteClientTransaction::start()
{
    m_bytes = request().toBytes();
    if (!transmit(m_bytes)) {
        // Not at once: whoever sends has no handle of this transaction yet.
        arm(m_timerF, base::Duration(0), &NonInviteClientTransaction::failUnreachable);
        return;
    }
    if (!reliable()) {
        m_intervalE = timers().t1;
        arm(m_timerE, m_intervalE, &NonInviteClientTransaction::fireE);
    }
    arm(m_timerF, timers().timeout(), &NonInviteClientTransaction::fireF);
}

void NonInviteClientTransaction::receive(const Response& response)
{
    switch (m_state) {
    case State::Trying:
    case State::Proceeding:
        if (response.statusCode < 200) {
            m_state = State::Proceeding;
        } else {
            m_state = State::Completed;
            m_timerE.cancel();
            m_timerF.cancel();
            arm(m_timerK, reliable() ? base::Duration(0) : timers().t4,
                &NonInviteClientTransaction::fireK);
        }
        deliver(response);
        break;
    case State::Completed: // a copy
    case State::Terminated:
        break;
    }
}

void NonInviteClientTransaction::fireE()
{
    if (!transmit(m_bytes)) {
        failUnreachable();
        return;
    }
    // Section 17.1.2.2: doubling up to T2 while nothing came, T2 from the first provisional on.
    m_intervalE =
        m_state == State::Proceeding ? timers().t2 : std::min(2 * m_intervalE, timers().t2);
    arm(m_timerE, m_intervalE, &NonInviteClientTransaction::fireE);
}

void NonInviteClientTransaction::fireF()
{
    m_timerE.cancel();
    m_state = State::Terminated;
    fail({ClientFailure::Kind::Timeout});
    tellTerminated();
}

void NonInviteClientTransaction::onTransmitFailed(const QString& why)
{
    // Once anything has come back the far end has the request: only its answer can be missing.
    if (m_state == State::Trying) {
        m_unreachableWhy = why;
        failUnreachable();
    }
}

void NonInviteClientTransaction::failUnreachable()
{
    m_timerE.cancel();
    m_timerF.cancel();
    m_state = State::Terminated;
    fail({ClientFailure::Kind::Transport, m_unreachableWhy});
    tellTerminated();
}

void NonInviteClientTransaction::fireK()
{
    m_state = State::Terminated;
    tellTerminated();
}

} // namespace hs::sip
