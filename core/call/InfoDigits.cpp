#include "call/InfoDigits.h"

#include "call/DigitWords.h"

namespace hs::call {

namespace {
constexpr int digitMs = 160;
constexpr base::Duration betweenDigits = std::chrono::milliseconds(digitMs + 80);

base::Duration pauseOf(char digit)
{
    return digit == ',' ? std::chrono::milliseconds(2000) : std::chrono::milliseconds(500);
}
} // namespace

InfoDigits::InfoDigits(base::Scheduler& scheduler, Callbacks callbacks)
    : m_scheduler(scheduler)
    , m_callbacks(std::move(callbacks))
{
}

void InfoDigits::send(sip::InviteSession& session, const QByteArray& digits)
{
    m_session = &session;
    m_queue += digits;
    if (!m_isOut && !m_pause.active()) {
        next();
    }
}

void InfoDigits::stop()
{
    m_session = nullptr;
    m_isOut = false; // its answer is nobody's any more
    m_queue.clear();
    m_pause.cancel();
    m_alive = std::make_shared<char>();
}

void InfoDigits::next()
{
    if (m_queue.isEmpty() || !m_session) {
        return;
    }
    const char digit = m_queue.front();
    m_queue.remove(0, 1);
    if (isPause(digit)) {
        m_pause = m_scheduler.after(pauseOf(digit), [this] { next(); });
        return;
    }
    m_isOut = true;
    m_session->sendInfo(infoDigitType, infoDigitBody(digit, digitMs),
                        [this, weak = std::weak_ptr(m_alive)](int code) {
                            if (!weak.expired()) {
                                answered(code);
                            }
                        });
    m_callbacks.sent(digit);
}

void InfoDigits::answered(int code)
{
    m_isOut = false;
    if (code >= 300) {
        m_queue.clear();
        m_callbacks.refused(code);
        return;
    }
    m_pause = m_scheduler.after(betweenDigits, [this] { next(); });
}

} // namespace hs::call
