#include "sip/ua/AcceptedInvite.h"

#include <algorithm>

namespace hs::sip {

AcceptedInvite::AcceptedInvite(UaCore& core, const ServerTransactionId& id, Response ok,
                               std::function<void()> noAck)
    : m_core(core)
    , m_id(id)
    , m_ok(std::move(ok))
    , m_sequence(m_ok.cseq() ? m_ok.cseq()->number : 0)
    , m_interval(core.transactions.timers().t1)
{
    m_core.transactions.respond(m_id, m_ok);
    m_repeatTimer = m_core.scheduler.after(m_interval, [this] { repeat(); });
    m_giveUpTimer = m_core.scheduler.after(m_core.transactions.timers().timeout(),
                                           [this, noAck = std::move(noAck)] {
                                               m_repeatTimer.cancel();
                                               m_awaitsAck = false;
                                               noAck();
                                           });
}

void AcceptedInvite::acknowledged()
{
    m_awaitsAck = false;
    m_repeatTimer.cancel();
    m_giveUpTimer.cancel();
}

void AcceptedInvite::repeat()
{
    m_core.transactions.respond(m_id, m_ok);
    m_interval = std::min(2 * m_interval, m_core.transactions.timers().t2);
    m_repeatTimer = m_core.scheduler.after(m_interval, [this] { repeat(); });
}

} // namespace hs::sip
