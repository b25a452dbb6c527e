// What TransactionLayer makes of trouble that the transport tells of.
#include "sip/transaction/TransactionLayer.h"

#include <vector>

namespace hs::sip {

void TransactionLayer::onUnreadable(const base::Endpoint& from, const QByteArray& why)
{
    for (const auto& [key, client] : m_clients) {
        if (client.hop.remote == from) {
            client.transaction->noteUnreadable(why);
        }
    }
}

// RFC 3261 sections 8.1.3.1 and 18.4: an ICMP error of the kind "port unreachable" is the end of
// what was sent there. Only of requests that nothing has come back to: that a far end has answered
// is worth more than what anybody may have forged.
void TransactionLayer::onUndelivered(const base::Endpoint& to, base::Undelivered what)
{
    std::vector<std::shared_ptr<ClientTransaction>> concerned; // each may end, and begin others
    for (const auto& [key, client] : m_clients) {
        if (client.isSent && client.hop.kind == TransportKind::Udp && client.hop.remote == to) {
            concerned.push_back(client.transaction);
        }
    }
    const QString there = QString::fromLatin1(to.toString());
    for (const auto& transaction : concerned) {
        if (what == base::Undelivered::NobodyListens) {
            transaction->undelivered(QStringLiteral("nobody listens at %1").arg(there));
        } else {
            // Routes come back (RFC 1122 section 3.2.2.1: a hint, not a proof). It only says why,
            // if no answer comes.
            transaction->noteTrouble(
                QStringLiteral("the network reports that there is no way to %1").arg(there));
        }
    }
}

void TransactionLayer::onConnectionClosed(const Hop& hop, const QString& why)
{
    std::vector<std::shared_ptr<ClientTransaction>> concerned; // each may end, and begin others
    for (const auto& [key, client] : m_clients) {
        if (client.isSent && client.hop.kind == hop.kind && client.hop.remote == hop.remote) {
            concerned.push_back(client.transaction);
        }
    }
    for (const auto& transaction : concerned) {
        transaction->connectionClosed();
    }
    if (m_user) {
        m_user->onConnectionClosed(hop, why);
    }
}

} // namespace hs::sip
