#include "sip/ua/ReinviteClient.h"

#include "sip/ua/SdpBody.h"

namespace hs::sip {

namespace {
constexpr std::size_t transactionsKept = 4;
}

ReinviteClient::ReinviteClient(UaCore& core, Dialog& dialog, DialogRoute& route,
                               Callbacks callbacks)
    : m_core(core)
    , m_dialog(dialog)
    , m_route(route)
    , m_callbacks(std::move(callbacks))
{
}

void ReinviteClient::start(const QByteArray& offer)
{
    m_state = State::Sent;
    Request request = m_dialog.makeRequest(Method::Invite);
    NameAddr contact;
    contact.uri = m_dialog.localContact();
    request.headers.set("Contact", contact.toBytes());
    m_core.addOurHeaders(request);
    UaCore::setSdp(request, offer);
    const std::uint32_t sequence = m_dialog.localSequence();
    m_route.whenKnown(
        m_dialog.nextHop(),
        [this, weak = std::weak_ptr(m_alive), request, sequence](const Hop& hop) {
            if (weak.expired()) {
                return;
            }
            m_transactions.push_back(m_core.transactions.send(
                request, hop,
                {[this, sequence](const Response& response) { receive(response, sequence); },
                 [this](const ClientFailure& failure) { fail(failure); }}));
            if (m_transactions.size() > transactionsKept) {
                m_transactions.pop_front();
            }
        });
}

void ReinviteClient::receive(const Response& response, std::uint32_t sequence)
{
    const int code = response.statusCode;
    if (code < 200) {
        return;
    }
    if (code < 300 && sequence < m_answeredSequence) {
        m_callbacks.acknowledge(sequence); // a copy from before the last change
        return;
    }
    if (code < 300) {
        m_dialog.refreshTarget(response); // the ACK goes to the Contact of this very 2xx
        m_callbacks.acknowledge(sequence);
        if (m_answeredSequence == sequence) {
            return; // a copy of the 2xx
        }
        m_answeredSequence = sequence;
        m_state = State::Idle;
        m_callbacks.answered(findSdp(response).sdp);
        return;
    }
    if (code == 491) {
        m_state = State::WaitsAfter491;
        m_retry = m_core.scheduler.after(glareWait(), [this] {
            m_state = State::Idle;
            m_callbacks.mayTryAgain();
        });
        m_callbacks.refused(code, response.reasonPhrase);
        return;
    }
    m_state = State::Idle;
    if (code == 408 || code == 481) {
        m_callbacks.dialogLost(code, response.reasonPhrase);
    } else {
        m_callbacks.refused(code, response.reasonPhrase);
    }
}

void ReinviteClient::fail(const ClientFailure& failure)
{
    m_state = State::Idle;
    if (failure.kind == ClientFailure::Kind::Timeout) {
        m_callbacks.dialogLost(408, reasonPhrase(408));
    } else {
        m_callbacks.refused(503, reasonPhrase(503));
    }
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
