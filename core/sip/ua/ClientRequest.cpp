#include "sip/ua/ClientRequest.h"

#include <algorithm>

namespace hs::sip {

ClientRequest::ClientRequest(UaCore& core, Plan plan, Callbacks callbacks)
    : m_core(core)
    , m_plan(std::move(plan))
    , m_callbacks(std::move(callbacks))
    , m_challenged(m_plan.credentials)
{
}

Resolver::Hops ClientRequest::startingWith(const std::optional<Hop>& server, Resolver::Hops hops)
{
    std::stable_partition(hops.begin(), hops.end(), [&server](const Hop& hop) {
        return server && hop.remote == server->remote && hop.kind == server->kind;
    });
    return hops;
}

void ClientRequest::start()
{
    m_challenged.prepare(m_plan.request, hop());
    send();
}

void ClientRequest::send()
{
    if (m_plan.adapt) {
        m_plan.adapt(m_plan.request, hop());
    }
    // The transaction may tell of its end while this is being let go: hence weak.
    const std::weak_ptr<ClientRequest> weak = weak_from_this();
    m_transaction = m_core.transactions.send(m_plan.request, hop(),
                                             {[weak](const Response& response) {
                                                  if (const auto self = weak.lock()) {
                                                      self->receive(response);
                                                  }
                                              },
                                              [weak](const ClientFailure& failure) {
                                                  if (const auto self = weak.lock()) {
                                                      self->fail(failure);
                                                  }
                                              }});
    if (m_hop + 1 < m_plan.hops.size()) {
        m_patience = m_core.scheduler.after(patience, [this] {
            fail({ClientFailure::Kind::Timeout, {}});
        });
    }
}

void ClientRequest::receive(const Response& response)
{
    m_patience.cancel();
    if (response.isProvisional()) {
        return;
    }
    if (response.statusCode == 503 && tryNextHop()) {
        return;
    }
    QString problem;
    if (response.statusCode == 401 || response.statusCode == 407) {
        const auto verdict = m_challenged.answer(m_plan.request, response, hop());
        if (verdict == ChallengedRequest::Verdict::TryAgain) {
            renumber();
            send();
            return;
        }
        problem = ChallengedRequest::sentence(verdict, response);
    }
    const auto self = shared_from_this();
    m_callbacks.answered(response, hop(), problem);
}

void ClientRequest::fail(const ClientFailure& failure)
{
    m_patience.cancel();
    m_core.resolver.reportFailure(hop());
    if (tryNextHop()) {
        return;
    }
    const auto self = shared_from_this();
    m_callbacks.failed(failure);
}

bool ClientRequest::tryNextHop()
{
    if (m_hop + 1 >= m_plan.hops.size()) {
        return false;
    }
    ++m_hop;
    m_challenged.prepare(m_plan.request, hop()); // not with what the other one was told
    send();
    return true;
}

void ClientRequest::renumber()
{
    const std::optional<CSeq> cseq = m_plan.request.cseq();
    const std::uint32_t number =
        m_plan.nextSequence ? m_plan.nextSequence() : (cseq ? cseq->number : 0) + 1;
    m_plan.request.headers.set(HeaderId::CSeq,
                               QByteArray::number(number) + ' ' + m_plan.request.method);
}

} // namespace hs::sip
