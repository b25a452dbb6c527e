#include "sip/transaction/InviteServerTransaction.h"

#include "sip/message/MessageFactory.h"

#include <algorithm>

namespace hs::sip {

void InviteServerTransaction::start()
{
    m_lastResponse = makeResponse(request(), 100).toBytes();
    transmit(m_lastResponse);
}

void InviteServerTransaction::receiveRetransmission()
{
    switch (m_state) {
    case State::Proceeding:
    case State::Completed:
        transmit(m_lastResponse);
        break;
    case State::Confirmed:
    case State::Accepted: // RFC 6026 section 7.1: absorbed
    case State::Terminated:
        break;
    }
}

void InviteServerTransaction::respond(const Response& response)
{
    const bool is2xx = response.statusCode >= 200 && response.statusCode < 300;
    if (m_state == State::Accepted && is2xx) {
        transmit(response.toBytes()); // the core repeats its 2xx
        return;
    }
    if (m_state != State::Proceeding) {
        return;
    }
    m_lastResponse = response.toBytes();
    transmit(m_lastResponse);
    if (is2xx) {
        m_state = State::Accepted;
        arm(m_timerHOrIOrL, timers().timeout(), &InviteServerTransaction::end); // L
    } else if (response.statusCode >= 300) {
        m_state = State::Completed;
        if (!reliable()) {
            m_intervalG = timers().t1;
            arm(m_timerG, m_intervalG, &InviteServerTransaction::fireG);
        }
        arm(m_timerHOrIOrL, timers().timeout(), &InviteServerTransaction::fireH); // H
    }
}

bool InviteServerTransaction::absorbAck()
{
    switch (m_state) {
    case State::Completed:
        m_state = State::Confirmed;
        m_timerG.cancel();
        arm(m_timerHOrIOrL, reliable() ? base::Duration(0) : timers().t4,
            &InviteServerTransaction::end); // I
        return true;
    case State::Confirmed:
    case State::Terminated:
        return true;
    case State::Proceeding: // an ACK of nothing
    case State::Accepted: // of our 2xx: the core's
        return false;
    }
    return false;
}

// Section 17.2.4. A provisional one that is lost ends nothing: the final one may find a way again.
void InviteServerTransaction::onTransmitFailed(const QString&)
{
    if (m_state == State::Completed || m_state == State::Accepted) {
        m_timerG.cancel();
        m_timerHOrIOrL.cancel();
        end();
    }
}

void InviteServerTransaction::fireG()
{
    transmit(m_lastResponse);
    m_intervalG = std::min(2 * m_intervalG, timers().t2);
    arm(m_timerG, m_intervalG, &InviteServerTransaction::fireG);
}

void InviteServerTransaction::fireH()
{
    // No ACK for a refusal. There is nothing to end: section 17.2.1 tells the user, who has long
    // forgotten the call.
    m_timerG.cancel();
    end();
}

void InviteServerTransaction::end()
{
    m_state = State::Terminated;
    tellTerminated();
}

} // namespace hs::sip
