#include "sip/ua/EarlyDialogs.h"

#include "base/Text.h"
#include "sip/ua/SdpBody.h"

namespace hs::sip {

namespace {
constexpr std::uint32_t numbersOfChallenges = 4;

QByteArray toTag(const Response& response)
{
    const std::optional<NameAddr> to = response.to();
    return to ? to->tag() : QByteArray();
}

std::optional<std::uint32_t> reliableSequence(const Response& response)
{
    const auto rseq = response.headers.first(HeaderId::RSeq);
    return rseq && response.statusCode > 100 && response.required().contains("100rel")
        ? base::parseU32(base::trimmed(*rseq))
        : std::nullopt;
}
} // namespace

EarlyDialogs::Early::Early(UaCore& core, Dialog from, const Hop& hop,
                           std::shared_ptr<DigestClient> credentials)
    : dialog(std::move(from))
    , route(core, hop)
    , requests(core, dialog, route, std::move(credentials))
{
}

EarlyDialogs::EarlyDialogs(UaCore& core, const Hop& hop, std::shared_ptr<DigestClient> credentials)
    : m_core(core)
    , m_hop(hop)
    , m_credentials(std::move(credentials))
{
}

bool EarlyDialogs::admit(const Request& invite, const Response& provisional)
{
    const QByteArray tag = toTag(provisional);
    if (tag.isEmpty()) {
        return true;
    }
    std::shared_ptr<Early> early = m_dialogs.value(tag);
    if (!early) {
        if (m_dialogs.size() >= most) {
            return false;
        }
        early = std::make_shared<Early>(m_core, Dialog::fromResponse(invite, provisional), m_hop,
                                        m_credentials);
        m_dialogs.insert(tag, early);
    }
    if (const auto rseq = reliableSequence(provisional)) {
        // RFC 3262 section 4: in order, each once; a PRACK that is lost is its transaction's
        // affair.
        if (early->lastReliable && *rseq != *early->lastReliable + 1) {
            return false;
        }
        early->lastReliable = *rseq;
        early->dialog.refreshTarget(provisional);
        acknowledge(*early, invite, *rseq);
    }
    if (const QByteArray sdp = findSdp(provisional).sdp; !sdp.isEmpty()) {
        early->sdp = sdp;
    }
    return true;
}

void EarlyDialogs::acknowledge(Early& early, const Request& invite, std::uint32_t rseq)
{
    const std::optional<CSeq> cseq = invite.cseq();
    Request prack = early.dialog.makeRequest(Method::Prack);
    prack.headers.add(HeaderId::RAck,
                      QByteArray::number(rseq) + ' ' + QByteArray::number(cseq ? cseq->number : 0)
                          + " INVITE");
    early.requests.send(std::move(prack), {});
}

Dialog EarlyDialogs::confirmed(const Request& invite, const Response& ok)
{
    Dialog dialog = Dialog::fromResponse(invite, ok);
    if (const auto early = m_dialogs.value(toTag(ok))) {
        // A PRACK that is still out may be challenged, and take another number.
        const std::uint32_t reserved = early->lastReliable ? numbersOfChallenges : 0;
        dialog.raiseLocalSequence(early->dialog.localSequence() + reserved);
        dialog.adoptRemoteSequence(early->dialog);
    }
    return dialog;
}

QByteArray EarlyDialogs::sdp(const QByteArray& tag) const
{
    const auto early = m_dialogs.value(tag);
    return early ? early->sdp : QByteArray();
}

Dialog* EarlyDialogs::find(const QByteArray& remoteTag)
{
    const auto early = m_dialogs.value(remoteTag);
    return early ? &early->dialog : nullptr;
}

} // namespace hs::sip
