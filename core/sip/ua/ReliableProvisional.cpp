#include "sip/ua/ReliableProvisional.h"

#include "base/Text.h"

namespace hs::sip {

ReliableProvisional::ReliableProvisional(UaCore& core, const ServerTransactionId& id,
                                         Response response, std::uint32_t rseq,
                                         std::function<void()> noPrack)
    : m_core(core)
    , m_id(id)
    , m_response(std::move(response))
    , m_rseq(rseq)
    , m_interval(core.transactions.timers().t1)
{
    m_response.headers.set(HeaderId::Require, "100rel");
    m_response.headers.set(HeaderId::RSeq, QByteArray::number(m_rseq));
    m_core.transactions.respond(m_id, m_response);
    m_repeatTimer = m_core.scheduler.after(m_interval, [this] { repeat(); });
    m_giveUpTimer = m_core.scheduler.after(m_core.transactions.timers().timeout(),
                                           [this, noPrack = std::move(noPrack)] {
                                               m_repeatTimer.cancel();
                                               m_awaitsPrack = false;
                                               const auto call = noPrack;
                                               call();
                                           });
}

void ReliableProvisional::stopRepeating()
{
    m_repeatTimer.cancel();
    m_giveUpTimer.cancel();
}

bool ReliableProvisional::acknowledge(const Request& prack)
{
    const auto rack = prack.headers.first(HeaderId::RAck);
    const QList<QByteArray> parts =
        rack ? rack->toByteArray().simplified().split(' ') : QList<QByteArray>();
    const std::optional<CSeq> cseq = m_response.cseq();
    const bool matches = m_awaitsPrack && parts.size() == 3 && base::parseU32(parts.at(0)) == m_rseq
        && cseq && base::parseU32(parts.at(1)) == cseq->number && parts.at(2) == cseq->method;
    if (matches) {
        m_awaitsPrack = false;
        stopRepeating();
    }
    return matches;
}

void ReliableProvisional::repeat()
{
    m_core.transactions.respond(m_id, m_response);
    m_interval *= 2;
    m_repeatTimer = m_core.scheduler.after(m_interval, [this] { repeat(); });
}

} // namespace hs::sip
