// StreamConnection's sense of time: keep-alives, silent peers, messages that never become whole.
#include "sip/transport/StreamConnection.h"
#include "sip/transport/StreamLimits.h"

namespace hs::sip {

namespace {
QString seconds(base::Duration time)
{
    return QString::number(std::chrono::duration_cast<std::chrono::seconds>(time).count());
}
} // namespace

// RFC 5626 section 4.4.1: two are a ping, one answers ours. Of several pings that come together one
// is answered, so that nobody makes us write more than he sends.
void StreamConnection::takeLineEnds(int count)
{
    if (m_pong.active()) {
        m_pong.cancel();
        m_answersPings = true;
        --count;
    }
    m_lineEnds += count;
    if (m_lineEnds >= 2) {
        m_lineEnds %= 2;
        m_writtenBytes += 2;
        m_socket->write("\r\n");
    }
}

void StreamConnection::watchMessage(bool oneBecameWhole)
{
    if (!m_parser.isWithinMessage()) {
        m_messageDeadline.cancel();
    } else if (oneBecameWhole || !m_messageDeadline.active()) {
        m_messageDeadline = m_parts.scheduler.after(limits::messageTime, [this] {
            closeGently(QStringLiteral("a message was not whole within %1 s")
                            .arg(seconds(limits::messageTime)));
        });
    }
}

void StreamConnection::armIdle()
{
    const base::Duration most = m_carriedMessage ? limits::idleTime : limits::firstMessageTime;
    const base::TimePoint due = m_lastHeard + most;
    if (due <= now()) {
        closeGently(QStringLiteral("nothing came by it for %1 s").arg(seconds(most)));
        return;
    }
    m_idle = m_parts.scheduler.at(due, [this] { armIdle(); });
}

void StreamConnection::armPing()
{
    using std::chrono::milliseconds;
    const auto spread =
        std::chrono::duration_cast<milliseconds>(limits::pingMost - limits::pingLeast);
    const base::Duration delay =
        limits::pingLeast + milliseconds(m_parts.random.below(std::uint32_t(spread.count())));
    m_ping = m_parts.scheduler.after(delay, [this] { ping(); });
}

void StreamConnection::ping()
{
    if (now() - m_lastMessage >= limits::wantedTime && !m_parts.owner.isKept(*this)) {
        closeGently(QStringLiteral("it is not needed any more"));
        return;
    }
    armPing();
    m_writtenBytes += 4;
    m_socket->write("\r\n\r\n");
    // Many a server answers no pings. One that has done so once and now does not is gone; with the
    // others it is TCP that finds out that nobody acknowledges the octets.
    m_pong = m_parts.scheduler.after(limits::pongTime, [this] {
        if (m_answersPings) {
            finish(QStringLiteral("no answer to a keep-alive within %1 s")
                       .arg(seconds(limits::pongTime)));
        }
    });
}

} // namespace hs::sip
