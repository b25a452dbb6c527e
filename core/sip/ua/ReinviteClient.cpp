#include "sip/ua/ReinviteClient.h"

#include "sip/ua/SdpBody.h"

#include <algorithm>

namespace hs::sip {

namespace {
constexpr std::size_t triesKept = 8;
}

ReinviteClient::ReinviteClient(UaCore& core, Dialog& dialog, DialogRoute& route,
                               std::shared_ptr<DigestClient> credentials, Callbacks callbacks)
    : m_core(core)
    , m_dialog(dialog)
    , m_route(route)
    , m_credentials(std::move(credentials))
    , m_callbacks(std::move(callbacks))
{
}

void ReinviteClient::start(const QByteArray& offer, const SessionTimerTerms& timer)
{
    conclude(State::Sent); // of the last one nothing counts any more
    m_wish = m_core.sessionTimer;
    m_timer = timer;
    m_challenged.emplace(m_credentials);
    m_intervalsTooBrief = 0;
    m_request = m_dialog.makeRequest(Method::Invite);
    NameAddr contact;
    contact.uri = m_dialog.localContact();
    m_request.headers.set("Contact", contact.toBytes());
    m_core.addOurHeaders(m_request);
    UaCore::setSdp(m_request, offer);
    m_hop.reset();
    send();
}

void ReinviteClient::send()
{
    addSessionTimer(m_request, m_wish, m_timer);
    m_route.whenKnown(m_dialog.nextHop(),
                      [this, weak = std::weak_ptr(m_alive)](const Resolver::Hops& hops) {
                          if (!weak.expired() && !m_isStopped) {
                              m_others = hops;
                              sendToNext();
                          }
                      });
}

void ReinviteClient::sendToNext()
{
    const Hop hop = m_others.takeFirst();
    if (m_hop != hop) { // with credentials of its own; those of an answered challenge are
        m_challenged->prepare(m_request, hop);
        m_hop = hop;
    }
    const std::optional<CSeq> cseq = m_request.cseq();
    const std::uint32_t sequence = m_sentSequence = cseq ? cseq->number : 0;
    m_tries.push_back(
        {sequence, hop,
         m_core.transactions.send(
             m_request, hop,
             {[this, sequence](const Response& response) { receive(response, sequence); },
              [this, sequence](const ClientFailure& failure) { fail(failure, sequence); }})});
    if (m_tries.size() > triesKept) {
        m_givenUp.removeOne(m_tries.front().sequence);
        m_tries.pop_front();
    }
    if (!m_others.isEmpty()) {
        m_patience = m_core.scheduler.after(ClientRequest::patience, [this] { giveUpOnSilence(); });
    }
}

bool ReinviteClient::tryNextHop()
{
    m_patience.cancel();
    if (m_others.isEmpty()) {
        return false;
    }
    m_limit.cancel();
    // The far end may get both: with one number it would take the second for a copy.
    renumber();
    sendToNext();
    return true;
}

// RFC 3263 section 4.3 would wait until it times out. It may be slow, and what it gets be answered.
void ReinviteClient::giveUpOnSilence()
{
    m_givenUp.append(m_sentSequence);
    m_core.resolver.reportFailure(*m_hop);
    tryNextHop();
}

void ReinviteClient::renumber()
{
    m_request.headers.set(HeaderId::CSeq, QByteArray::number(m_dialog.takeSequence()) + " INVITE");
}

// 401, 407 and 422 want the same offer once more, said better.
bool ReinviteClient::tryAgain(const Response& response)
{
    if (response.statusCode == 401 || response.statusCode == 407) {
        if (m_challenged->answer(m_request, response, *m_hop)
            != ChallengedRequest::Verdict::TryAgain) {
            return false;
        }
    } else if (response.statusCode == 422 && m_intervalsTooBrief++ == 0) {
        const std::chrono::seconds least = leastInterval(response);
        if (least.count() == 0) {
            return false;
        }
        m_timer = {};
        m_wish.interval = m_wish.least = least;
    } else {
        return false;
    }
    renumber();
    send();
    return true;
}

void ReinviteClient::receive(const Response& response, std::uint32_t sequence)
{
    const int code = response.statusCode;
    if (response.isSuccess()) {
        receive2xx(response, sequence);
        return;
    }
    if (m_isStopped) {
        return;
    }
    if (sequence != m_sentSequence) {
        receiveOfEarlier(response, sequence);
        return;
    }
    if (m_state == State::Sent) {
        if (code == 503 && tryNextHop()) {
            return;
        }
        m_patience.cancel();
        m_route.answeredBy(*m_hop);
    }
    if (code >= 300) {
        receiveRefusal(response);
    } else if (m_state == State::Sent && !m_limit.active()) {
        // Now that something has come, the transaction waits without limit, and so would all that
        // either end wants to change.
        m_limit =
            m_core.scheduler.after(m_core.transactions.timers().timeout(), [this] { withdraw(); });
    }
}

// Of a try that was given up, or whose offer is settled.
void ReinviteClient::receiveOfEarlier(const Response& response, std::uint32_t sequence)
{
    if (!response.isProvisional()) {
        earlierIsOver(sequence);
        return;
    }
    const auto tried = std::find_if(m_tries.cbegin(), m_tries.cend(), [sequence](const Try& each) {
        return each.sequence == sequence;
    });
    if (tried != m_tries.cend()) {
        m_core.transactions.cancel(tried->transaction);
    }
}

void ReinviteClient::earlierIsOver(std::uint32_t sequence)
{
    m_givenUp.removeOne(sequence);
    if (m_held && m_givenUp.isEmpty()) {
        const Refusal refusal = *m_held;
        conclude();
        m_callbacks.refused(refusal);
    }
}

bool ReinviteClient::isOfThisOffer(std::uint32_t sequence) const
{
    return isOut() && (sequence == m_sentSequence || m_givenUp.contains(sequence));
}

void ReinviteClient::conclude(State state)
{
    m_state = state;
    m_sentSequence = 0;
    m_givenUp.clear();
    m_held.reset();
    m_limit.cancel();
    m_patience.cancel();
}

void ReinviteClient::receive2xx(const Response& ok, std::uint32_t sequence)
{
    if (sequence < m_answeredSequence) {
        m_callbacks.acknowledge(sequence, m_request); // a copy from before the last change
        return;
    }
    const auto tried = std::find_if(m_tries.cbegin(), m_tries.cend(), [sequence](const Try& each) {
        return each.sequence == sequence;
    });
    const Hop by = tried != m_tries.cend() ? tried->hop : m_route.seen();
    const bool isAnswer =
        !m_isStopped && isOfThisOffer(sequence); // else another try has settled it
    if (isAnswer) {
        m_route.answeredBy(by); // the ACK goes there as well
    }
    m_dialog.refreshTarget(ok); // and to the Contact of this very 2xx
    m_callbacks.acknowledge(sequence, m_request);
    if (m_answeredSequence == sequence) {
        return; // a copy of the 2xx
    }
    m_answeredSequence = sequence;
    if (isAnswer) {
        conclude(); // what is called may begin the next one
        m_callbacks.answered(ok, findSdp(ok).sdp, by);
    }
}

void ReinviteClient::receiveRefusal(const Response& response)
{
    const int code = response.statusCode;
    m_limit.cancel();
    const bool wasWithdrawn = m_state == State::Withdrawn;
    if (!wasWithdrawn && tryAgain(response)) {
        return;
    }
    const Refusal refusal{code, response.reasonPhrase, response.retryAfter()};
    if (code == 481 || (code == 408 && !wasWithdrawn)) {
        lose(code, response.reasonPhrase);
    } else if (wasWithdrawn) {
        withdrawalIsOver();
    } else if (code == 491) {
        conclude(State::WaitsAfter491);
        m_retry = m_core.scheduler.after(glareWait(), [this] {
            m_state = State::Idle;
            m_callbacks.mayTryAgain();
        });
        m_callbacks.refused(refusal);
    } else if (code == 500) {
        refuseUnlessEarlier(refusal); // section 14.2: it has one already that it works on
    } else {
        conclude();
        m_callbacks.refused(refusal);
    }
}

void ReinviteClient::refuseUnlessEarlier(const Refusal& refusal)
{
    if (!m_givenUp.isEmpty()) {
        m_held = refusal;
        return;
    }
    conclude();
    m_callbacks.refused(refusal);
}

// RFC 3261 section 14.1: while it is under way there is none of theirs either, nor of ours.
void ReinviteClient::withdraw()
{
    m_state = State::Withdrawn;
    m_core.transactions.cancel(m_tries.back().transaction);
}

// Not before the CANCEL has had its effect: a 2xx that crosses it is an answer like any.
void ReinviteClient::withdrawalIsOver()
{
    conclude();
    m_callbacks.refused({408, "No Final Answer", {}, false});
    if (!m_isStopped && m_state == State::Idle) {
        m_callbacks.mayTryAgain();
    }
}

void ReinviteClient::lose(int code, const QByteArray& reason)
{
    conclude();
    m_callbacks.dialogLost(code, reason);
}

void ReinviteClient::fail(const ClientFailure& failure, std::uint32_t sequence)
{
    if (m_isStopped) {
        return;
    }
    if (sequence != m_sentSequence) {
        earlierIsOver(sequence);
        return;
    }
    m_limit.cancel();
    if (m_state == State::Withdrawn) {
        withdrawalIsOver(); // not even the CANCEL was heeded; the call itself may be well
        return;
    }
    m_core.resolver.reportFailure(*m_hop);
    if (tryNextHop()) {
        return;
    }
    m_route.nobodyAnswered();
    if (failure.kind == ClientFailure::Kind::Timeout) {
        lose(408, reasonPhrase(408));
    } else {
        refuseUnlessEarlier({503, reasonPhrase(503), {}, false});
    }
}

void ReinviteClient::stop()
{
    m_isStopped = true;
    m_retry.cancel();
    m_limit.cancel();
    m_patience.cancel();
    m_others.clear();
}

base::Duration ReinviteClient::glareWait() const
{
    // Section 14.1: 2.1 to 4 s for whoever made the Call-ID, 0 to 2 s for the other, in 10 ms
    // steps.
    const std::uint32_t steps =
        m_dialog.isCaller() ? 210 + m_core.random.below(191) : m_core.random.below(201);
    return std::chrono::milliseconds(10) * steps;
}

} // namespace hs::sip
