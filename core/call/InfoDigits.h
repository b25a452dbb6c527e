// InfoDigits: digits that travel in INFO requests, one after the other: the next goes out when the
// last was answered, and not before its pause is over. Thread: core.
#pragma once

#include "base/Scheduler.h"
#include "sip/ua/InviteSession.h"

namespace hs::call {

class InfoDigits {
public:
    struct Callbacks {
        std::function<void(char digit)> sent; // it is on its way
        std::function<void(int code)> refused; // those behind it are dropped
    };

    InfoDigits(base::Scheduler& scheduler, Callbacks callbacks);

    void send(sip::InviteSession& session, const QByteArray& digits);
    void stop(); // the session goes

private:
    void next();
    void answered(int code);

    base::Scheduler& m_scheduler;
    Callbacks m_callbacks;
    sip::InviteSession* m_session = nullptr; // while digits are queued
    QByteArray m_queue;
    bool m_isOut = false;
    base::Timer m_pause;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace hs::call
