#include "sip/ua/ReinviteClient.h"

#include "base/Text.h"
#include "sip/ua/SdpBody.h"

namespace hs::sip {

namespace {
constexpr std::size_t transactionsKept = 4;
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
    m_state = State::Sent;
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
                          if (!weak.expired()) {
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
    m_transactions.push_back(m_core.transactions.send(
        m_request, hop,
        {[this, sequence](const Response& response) { receive(response, sequence); },
         [this](const ClientFailure& failure) { fail(failure); }}));
    if (m_transactions.size() > transactionsKept) {
        m_transactions.pop_front();
    }
    if (!m_others.isEmpty()) {
        m_patience = m_core.scheduler.after(ClientRequest::patience, [this] {
            fail({ClientFailure::Kind::Timeout, {}});
        });
    }
}

bool ReinviteClient::tryNextHop()
{
    m_patience.cancel();
    if (m_others.isEmpty()) {
        return false;
    }
    m_limit.cancel();
    m_transactions.pop_back();
    sendToNext();
    return true;
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
        const auto least = response.headers.first(HeaderId::MinSe);
        const auto seconds = least ? base::parseU32(base::trimmed(*least)) : std::nullopt;
        if (!seconds) {
            return false;
        }
        m_timer = {};
        m_wish.interval = m_wish.least = std::chrono::seconds(*seconds);
    } else {
        return false;
    }
    m_request.headers.set(HeaderId::CSeq, QByteArray::number(m_dialog.takeSequence()) + " INVITE");
    send();
    return true;
}

void ReinviteClient::receive(const Response& response, std::uint32_t sequence)
{
    const int code = response.statusCode;
    if (sequence == m_sentSequence && m_state == State::Sent) {
        if (code == 503 && tryNextHop()) {
            return;
        }
        m_patience.cancel();
        m_route.answeredBy(*m_hop);
    }
    if (code >= 300) {
        receiveRefusal(response);
    } else if (code >= 200) {
        receive2xx(response, sequence);
    } else if (m_state == State::Sent && !m_limit.active()) {
        // Now that something has come, the transaction waits without limit, and so would all that
        // either end wants to change.
        m_limit =
            m_core.scheduler.after(m_core.transactions.timers().timeout(), [this] { withdraw(); });
    }
}

void ReinviteClient::receive2xx(const Response& ok, std::uint32_t sequence)
{
    if (sequence < m_answeredSequence) {
        m_callbacks.acknowledge(sequence, m_request); // a copy from before the last change
        return;
    }
    m_dialog.refreshTarget(ok); // the ACK goes to the Contact of this very 2xx
    m_callbacks.acknowledge(sequence, m_request);
    if (m_answeredSequence == sequence) {
        return; // a copy of the 2xx
    }
    m_answeredSequence = sequence;
    m_limit.cancel();
    if (std::exchange(m_state, State::Idle) == State::Withdrawn) {
        m_callbacks.answeredTooLate(ok);
    } else {
        m_callbacks.answered(ok, findSdp(ok).sdp);
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
    if (code == 491 && !wasWithdrawn) {
        m_state = State::WaitsAfter491;
        m_retry = m_core.scheduler.after(glareWait(), [this] {
            m_state = State::Idle;
            m_callbacks.mayTryAgain();
        });
        m_callbacks.refused(refusal);
        return;
    }
    m_state = State::Idle;
    if (code == 481 || (code == 408 && !wasWithdrawn)) {
        m_callbacks.dialogLost(code, response.reasonPhrase);
    } else if (wasWithdrawn) {
        m_callbacks.mayTryAgain(); // told already
    } else {
        m_callbacks.refused(refusal);
    }
}

// RFC 3261 section 14.1: while it is under way there is none of theirs either, nor of ours.
void ReinviteClient::withdraw()
{
    m_state = State::Withdrawn;
    m_core.transactions.cancel(m_transactions.back());
    m_callbacks.refused({408, "No Final Answer", {}, false});
}

void ReinviteClient::fail(const ClientFailure& failure)
{
    m_limit.cancel();
    if (m_state == State::Withdrawn) {
        m_state = State::Idle;
        m_callbacks.mayTryAgain(); // not even the CANCEL was heeded; the call itself may be well
        return;
    }
    m_core.resolver.reportFailure(*m_hop);
    if (tryNextHop()) {
        return;
    }
    m_route.nobodyAnswered();
    m_state = State::Idle;
    if (failure.kind == ClientFailure::Kind::Timeout) {
        m_callbacks.dialogLost(408, reasonPhrase(408));
    } else {
        m_callbacks.refused({503, reasonPhrase(503), {}, false});
    }
}

void ReinviteClient::stop()
{
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
