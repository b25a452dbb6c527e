// The part of OutgoingCall that goes on elsewhere: where a 3xx sends it (RFC 3261 sections 8.1.3.4
// and 21.3), and to the other address of a target that no server lets us reach by the first.
#include "base/LogCategories.h"
#include "base/Text.h"
#include "call/OutgoingCall.h"
#include "call/Redirection.h"

namespace hs::call {

namespace {
constexpr qsizetype mostRedirections = 10;

// What a server says that does not know the way to a target, or does not let us go it; 476 to 478
// are Kamailio's words for that.
bool isOfNoWay(int code)
{
    return code == 403 || code == 404 || code == 408 || code == 410 || code == 416
        || (code >= 476 && code <= 480) || (code >= 500 && code < 600);
}
} // namespace

bool OutgoingCall::redirect(const sip::Response& response)
{
    QList<sip::Uri> targets = redirectionTargets(response);
    if (targets.isEmpty()) {
        return false;
    }
    // RFC 3261 section 8.1.3.4: from sips not to sip without asking, and there is nobody to ask.
    if (m_plan.target.uri.isSips()) {
        const QString open = base::printable(targets.first().toBytes(), 120);
        targets.removeIf([](const sip::Uri& uri) { return !uri.isSips(); });
        if (targets.isEmpty()) {
            fail(response.statusCode,
                 QStringLiteral("moved to %1, which is not as secure as sips:").arg(open),
                 model::Actor::farEnd());
            return true;
        }
    }
    const QString number = base::printable(targets.first().toBytes(), 120);
    targets.removeIf([this](const sip::Uri& uri) {
        return m_identify(uri, m_plan.identity.account).target.uri.host.isEmpty();
    });
    if (targets.isEmpty()) {
        fail(response.statusCode,
             QStringLiteral("moved to %1, and there is no account to call a number by").arg(number),
             model::Actor::farEnd());
        return true;
    }
    if (!m_context.settings.followRedirects) {
        fail(response.statusCode,
             QStringLiteral("moved to %1; redirections are not followed (follow_redirects)")
                 .arg(base::printable(targets.first().toBytes(), 120)),
             model::Actor::farEnd());
        return true;
    }
    if (response.statusCode == 305) {
        useProxy(targets.first());
        return true;
    }
    m_redirections = targets + m_redirections;
    if (followNext()) {
        return true;
    }
    fail(482, QStringLiteral("the far end redirects the call in circles"), model::Actor::machine());
    return true;
}

// 305 (section 21.3.4): the same target, by way of that proxy.
void OutgoingCall::useProxy(const sip::Uri& proxy)
{
    const QByteArray text = proxy.toBytes();
    const QByteArray visit = "by way of " + text;
    if (m_visited.contains(visit) || m_visited.size() > mostRedirections || !proxy.isSip()) {
        fail(482, QStringLiteral("the far end redirects the call in circles"),
             model::Actor::machine());
        return;
    }
    m_visited.insert(visit);
    qCInfo(base::lcCall).noquote()
        << "call" << model().controlId << "goes by way of the proxy" << base::printable(text, 200);
    forgetEarlyMedia();
    m_media.offerRejected();
    sip::NameAddr route;
    route.uri = proxy;
    route.uri.params.set("lr");
    m_plan.identity.routes = {route};
    m_plan.identity.nextHop = proxy;
    m_plan.identity.isSentElsewhere = true; // or whoever writes a 305 gets the account's digest
    start();
}

bool OutgoingCall::followNext()
{
    while (!m_redirections.isEmpty()) {
        const sip::Uri target = m_redirections.takeFirst();
        const QByteArray text = target.toBytes();
        if (m_visited.contains(text) || m_visited.size() > mostRedirections) {
            continue;
        }
        m_visited.insert(text);
        qCInfo(base::lcCall).noquote()
            << "call" << model().controlId << "is redirected to" << base::printable(text, 200);
        forgetEarlyMedia();
        m_media.offerRejected();
        DialledCall next = m_identify(target, m_plan.identity.account);
        m_plan.target = std::move(next.target);
        m_plan.identity = std::move(next.identity);
        update([&](model::Call& call) {
            call.number = m_plan.target.number;
            call.remoteUri = base::printable(text, 256);
            call.account = m_plan.identity.account;
        });
        start();
        return true;
    }
    return false;
}

bool OutgoingCall::tryOtherwise(const sip::InviteSession::Ending& ending)
{
    if (!m_plan.otherwise || (ending.byFarEnd && !isOfNoWay(ending.code))) {
        return false;
    }
    m_plan.target.uri = *std::exchange(m_plan.otherwise, std::nullopt);
    const QString text = base::printable(m_plan.target.uri.toBytes(), 256);
    qCInfo(base::lcCall).noquote()
        << "call" << model().controlId << "is not let through there; it goes to" << text;
    forgetEarlyMedia();
    m_media.offerRejected();
    update([&](model::Call& call) { call.remoteUri = text; });
    start();
    return true;
}

} // namespace hs::call
