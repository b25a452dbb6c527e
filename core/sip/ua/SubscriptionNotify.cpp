// The part of Subscription that hears what the notifier tells.
#include "base/Text.h"
#include "sip/ua/Subscription.h"

#include <algorithm>

namespace hs::sip {

NotifyAnswer Subscription::onNotify(const Request& notify, const Hop& from)
{
    const auto self = shared_from_this(); // who is told may let go
    const auto event =
        ParameterizedValue::parse(notify.headers.first(HeaderId::Event).value_or(QByteArrayView()));
    if (!event || !base::equalsIgnoreCase(event->value, m_config.event)) {
        return {489, {{"Allow-Events", allowedEvents}}};
    }
    if (const int refusal = refusalOf(notify, from); refusal != 0) {
        return {refusal};
    }
    const QByteArray type = notify.contentType();
    if (!notify.body.isEmpty() && type != m_config.accept
        && notify.headers.has(HeaderId::ContentType)) {
        return {415, {{"Accept", m_config.accept}}};
    }
    m_notified = true;
    m_silence.cancel();
    m_dialog->refreshTarget(notify);
    const auto told = [&] {
        if (m_status.state != State::Unsubscribing && m_status.state != State::Off
            && !notify.body.isEmpty()) {
            m_user->onNotify(m_config.accept, notify.body);
        }
    };
    // A must (section 8.2.3); without one nobody says that it is over.
    const auto state = ParameterizedValue::parse(
        notify.headers.first(HeaderId::SubscriptionState).value_or("active"));
    if (state && base::equalsIgnoreCase(state->value, "terminated")) {
        m_request.reset();
        told();
        forgetDialog();
        if (m_status.state == State::Unsubscribing) {
            finishStop();
        } else if (m_status.state != State::Off) {
            refused(SubscriptionEnd::ofState(state->params, m_what));
        }
        return {200};
    }
    stillThere(state.value_or(ParameterizedValue{"active", {}}));
    told();
    if (m_status.state == State::Active && notify.body.isEmpty()) {
        m_user->onEmptyNotify();
    }
    return {200};
}

int Subscription::refusalOf(const Request& notify, const Hop& from)
{
    if (m_dialog && m_dialog->id() == DialogId::ofRequest(notify)) {
        const std::optional<CSeq> cseq = notify.cseq();
        // RFC 3261 section 12.2.2.
        return cseq && m_dialog->admitSequence(cseq->number) ? 0 : 500;
    }
    if (m_notified || m_status.state == State::Unsubscribing) {
        return 481; // another branch of a fork
    }
    // It overtook the response, or another branch than the one that answered tells first (section
    // 4.1.2.4: it is the NOTIFY that makes the dialog).
    m_dialog = Dialog::fromRequest(notify, m_tag, m_core.contact(from));
    m_route.emplace(m_core, from);
    if (m_status.subscribedUntil == base::TimePoint()) {
        m_status.subscribedUntil = m_core.scheduler.clock().now() + m_asked;
    }
    return 0;
}

void Subscription::stillThere(const ParameterizedValue& state)
{
    if (m_status.state == State::Unsubscribing) {
        return;
    }
    m_failures = 0;
    const auto expires = base::parseU32(state.params.unquoted("expires"));
    if (expires && *expires > 0 && !m_request) {
        const std::chrono::seconds granted(std::min(*expires, longestExpires));
        m_status.subscribedUntil = m_core.scheduler.clock().now() + granted;
        schedule(granted);
    }
    const bool isPending = base::equalsIgnoreCase(state.value, "pending");
    const State now = isPending ? State::Pending : State::Active;
    if (m_status.state != now) {
        m_status.code = 0;
        m_status.problem.clear();
        m_status.nextTryAt = {};
        setState(now);
    }
}

} // namespace hs::sip
