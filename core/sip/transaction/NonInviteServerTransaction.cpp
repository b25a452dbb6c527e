#include "sip/transaction/NonInviteServerTransaction.h"

namespace hs::sip {

void NonInviteServerTransaction::receiveRetransmission()
{
    switch (m_state) {
    case State::Trying: // the user is at it
    case State::Terminated:
        break;
    case State::Proceeding:
    case State::Completed:
        transmit(m_lastResponse);
        break;
    }
}

void NonInviteServerTransaction::respond(const Response& response)
{
    if (m_state != State::Trying && m_state != State::Proceeding) {
        return;
    }
    m_lastResponse = response.toBytes();
    transmit(m_lastResponse);
    if (response.statusCode < 200) {
        m_state = State::Proceeding;
    } else {
        m_state = State::Completed;
        arm(m_timerJ, reliable() ? base::Duration(0) : timers().timeout(),
            &NonInviteServerTransaction::fireJ);
    }
}

void NonInviteServerTransaction::onTransmitFailed(const QString&)
{
    if (m_state == State::Completed) { // section 17.2.4
        m_timerJ.cancel();
        fireJ();
    }
}

void NonInviteServerTransaction::fireJ()
{
    m_state = State::Terminated;
    tellTerminated();
}

} // namespace hs::sip
