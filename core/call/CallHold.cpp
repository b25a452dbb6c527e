// The part of Call that agrees with the far end on the media once the call stands: offers in both
// directions, and hold, which is one of ours. What the far end knows of it may lag behind what the
// operator wants: an offer may have to wait, and may be refused.
#include "base/LogCategories.h"
#include "base/Text.h"
#include "call/Call.h"

#include <utility>

namespace hs::call {

namespace {
// A re-INVITE that is under way in either direction: our own change of hold comes after it.
constexpr base::Duration holdRetry = std::chrono::milliseconds(500);
// A far end that can't do it just now names the time (RFC 3261 section 14.2: 0 to 10 s).
constexpr quint32 retrySeconds = 4; // where it names none
constexpr quint32 longestRetrySeconds = 30;
constexpr int mostRetries = 4;

bool isTemporary(const sip::ReinviteClient::Refusal& refusal)
{
    if (!refusal.byFarEnd) {
        return true; // it did not get there, or there was no answer
    }
    return refusal.retryAfter && *refusal.retryAfter <= longestRetrySeconds && refusal.code < 600;
}
} // namespace

base::Result<void> Call::setHeld(bool held)
{
    if (!m_session) {
        return refuse(held ? "held" : "resumed");
    }
    if (m_model.heldByUs != held) {
        m_offerRetries = 0;
        m_holdRefused = false;
        update([held](model::Call& call) {
            call.heldByUs = held;
            call.resumeProblem.clear();
        });
        updateSound();
        enter(held || m_model.heldByFarEnd ? model::CallState::Held : model::CallState::Active);
        syncHold();
    }
    return {};
}

base::Result<void> Call::setCodecs(const QStringList& order)
{
    if (!m_session || order.isEmpty()) {
        return refuse("given another codec");
    }
    m_media.changeCodecs(order);
    m_offerRetries = 0;
    update([](model::Call& call) { call.codecProblem.clear(); });
    syncHold();
    return {};
}

void Call::syncHold()
{
    const bool isHoldDue = !m_holdRefused && m_heldAsAgreed != m_model.heldByUs;
    if (!m_session || !m_established || (!isHoldDue && !m_media.codecsDue())) {
        return;
    }
    if (m_session->canReinvite()) {
        m_heldAsOffered = m_model.heldByUs;
        m_session->reinvite(m_media.makeOffer(m_model.heldByUs));
    } else {
        m_retryHold = m_context.scheduler.after(holdRetry, [this] { syncHold(); });
    }
}

void Call::agreeOnHold(bool held)
{
    const bool changes = std::exchange(m_heldAsAgreed, held) != held;
    updateSound();
    if (changes && m_conference) {
        m_context.observer.onHoldAgreed(*this);
    }
}

void Call::onMayReinvite()
{
    if (!m_retryHold.active()) { // else at its time
        syncHold();
    }
}

void Call::onRefreshDue()
{
    if (m_session && m_session->canReinvite()) {
        m_heldAsOffered = m_heldAsAgreed;
        m_session->reinvite(m_media.repeatOffer());
    }
}

Call::OfferReply Call::onOffer(const QByteArray& offer)
{
    if (offer.isEmpty()) {
        m_heldAsOffered = m_model.heldByUs;
        return {200, m_media.makeOffer(m_model.heldByUs)};
    }
    const base::Result<QByteArray, MediaRefusal> answer = m_media.answer(offer, m_model.heldByUs);
    if (!answer) {
        qCWarning(base::lcCall).noquote()
            << "call" << m_model.controlId << "keeps its audio as it was:" << answer.error().text;
        return {answer.error().sipCode, {}, answer.error().text.toUtf8()};
    }
    agreeOnHold(m_model.heldByUs);
    applyMedia();
    return {200, *answer};
}

void Call::onLateAnswer(const QByteArray& sdp)
{
    onReinviteAnswered(sdp);
}

void Call::onReinviteAnswered(const QByteArray& sdp)
{
    const bool hadCodecs = m_media.codecsOffered();
    const base::Result<void, MediaRefusal> accepted = m_media.acceptAnswer(sdp);
    if (!accepted) {
        qCWarning(base::lcCall).noquote()
            << "call" << m_model.controlId << "keeps its audio as it was:" << accepted.error().text;
        if (m_heldAsOffered) {
            // Some switch the stream off for a hold (port 0), some answer without SDP. They are on
            // hold all the same, and want to be told when that is over.
            m_media.offerTaken();
            if (hadCodecs) {
                tellCodecs(accepted.error().text);
            }
            agreeOnHold(true);
            applyMedia();
            syncHold();
            return;
        }
        m_media.offerRejected();
        if (hadCodecs) {
            tellCodecs(accepted.error().text);
        }
        holdRefused(accepted.error().text);
        return;
    }
    agreeOnHold(m_heldAsOffered);
    applyMedia();
    const QString chosen = m_media.codecs().constFirst();
    if (hadCodecs && chosen.compare(m_media.codecName(), Qt::CaseInsensitive) != 0) {
        tellCodecs(QStringLiteral("answered with %1").arg(m_media.codecName()));
    }
    syncHold();
}

void Call::onReinviteRefused(const sip::ReinviteClient::Refusal& refusal)
{
    const bool comesAgain =
        refusal.code == 491 || (isTemporary(refusal) && m_offerRetries < mostRetries);
    const bool hadCodecs = m_media.codecsOffered();
    m_media.offerRejected(comesAgain);
    const QString words =
        QStringLiteral("%1 %2").arg(refusal.code).arg(base::printable(refusal.reason));
    qCWarning(base::lcCall).noquote()
        << "call" << m_model.controlId << "far end refused a change:" << words;
    if (hadCodecs) {
        tellCodecs(words);
    }
    const bool wasChange = hadCodecs || m_heldAsOffered != m_heldAsAgreed;
    if (!wasChange || refusal.code == 491) {
        return; // a refresh; or there is another time for it
    }
    if (comesAgain) {
        m_offerRetries += refusal.byFarEnd ? 1 : 2; // without an answer each takes a minute
        const std::chrono::seconds wait(refusal.retryAfter.value_or(retrySeconds));
        m_retryHold = m_context.scheduler.after(wait, [this] { syncHold(); });
    } else {
        holdRefused(words);
    }
}

// Of those that were offered; it is no problem while they, or others, are to be offered yet.
void Call::tellCodecs(const QString& problem)
{
    const QString told = m_media.codecsDue() ? QString() : problem;
    if (!told.isEmpty()) {
        qCInfo(base::lcCall).noquote()
            << "call" << m_model.controlId << "is not spoken in the codec that was chosen:" << told;
    }
    update([this, &told](model::Call& call) {
        call.codecs = m_media.codecs();
        call.codecProblem = told;
    });
}

void Call::holdRefused(const QString& why)
{
    if (!m_model.isAlive() || m_heldAsOffered == m_heldAsAgreed
        || m_heldAsOffered != m_model.heldByUs) {
        return;
    }
    m_holdRefused = true;
    if (m_model.heldByUs) {
        return; // it gets music all the same
    }
    // It goes on believing in the hold, and sends nothing.
    update([&why](model::Call& call) {
        call.heldByUs = true;
        call.resumeProblem = why;
    });
    updateSound();
    enter(model::CallState::Held);
    m_context.observer.onResumeFailed(*this);
}

} // namespace hs::call
