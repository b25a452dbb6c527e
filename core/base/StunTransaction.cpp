#include "base/StunTransaction.h"

#include "base/Text.h"

#include <algorithm>

namespace hs::base {

namespace {
using namespace std::chrono_literals;
constexpr Duration firstInterval = 500ms; // RTO
// Rc = 7 and Rm = 16 would make it 39.5 s; a call does not wait for that.
constexpr Duration patience = 8s;
} // namespace

StunTransaction::StunTransaction(Scheduler& scheduler, Random& random, const Endpoint& server,
                                 Send send, Done done, const QByteArray& software)
    : m_scheduler(scheduler)
    , m_server(server)
    , m_send(std::move(send))
    , m_done(std::move(done))
    , m_id(makeStunId(random))
    , m_request(stunBindingRequest(m_id, software))
    , m_interval(firstInterval)
{
}

void StunTransaction::start()
{
    m_givesUpAt = m_scheduler.clock().now() + patience;
    sendOnce();
}

void StunTransaction::sendOnce()
{
    const QString server = QString::fromLatin1(m_server.toString());
    const TimePoint now = m_scheduler.clock().now();
    if (now >= m_givesUpAt) {
        finish(Error{m_trouble.isEmpty()
                         ? QStringLiteral("the STUN server %1 does not answer").arg(server)
                         : QStringLiteral("the STUN server %1: %2").arg(server, m_trouble)});
        return;
    }
    if (!m_send(m_request, m_server)) {
        finish(Error{QStringLiteral("the STUN server %1 can't be reached from here").arg(server)});
        return;
    }
    m_timer = m_scheduler.at(std::min(now + m_interval, m_givesUpAt), [this] { sendOnce(); });
    m_interval *= 2;
}

bool StunTransaction::receive(std::span<const std::byte> datagram, const Endpoint& from)
{
    if (isDone() || from != m_server) {
        return false;
    }
    const Result<StunResponse> response = StunResponse::parse(datagram);
    if (!response) {
        // Section 6.3: discarded, as if it had never come; it may be forged.
        m_trouble = response.error().text;
        return false;
    }
    if (response->id != m_id) {
        return false;
    }
    if (response->errorCode != 0) {
        finish(Error{QStringLiteral("the STUN server %1 refuses: %2 %3")
                         .arg(QString::fromLatin1(m_server.toString()))
                         .arg(response->errorCode)
                         .arg(printable(response->reason, 100))});
    } else {
        finish(response->mapped);
    }
    return true;
}

void StunTransaction::finish(const Result<Endpoint>& mapped)
{
    m_timer.cancel();
    const Done done = std::exchange(m_done, nullptr);
    done(mapped); // which may destroy this
}

} // namespace hs::base
