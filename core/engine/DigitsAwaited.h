// DigitsAwaited: answers a --dtmf once its digits are on their way and the last of them has
// sounded, so that what a script does next, hanging up for instance, does not cut them off. Says
// how many were sent if the call ends before, or if they take longer than digits do. One of it for
// each such command; it goes when it has answered. Thread: core.
#pragma once

#include "base/Scheduler.h"
#include "call/CallControl.h"
#include "engine/Command.h"

#include <functional>

namespace hs::engine {

class DigitsAwaited final : public QObject {
    Q_OBJECT
public:
    using Reply = std::function<void(const CommandResult&)>;

    // Digits that were queued for a call that lives; `before`: how many it had sent until then.
    // `calls` owns it.
    DigitsAwaited(call::CallControl& calls, base::Scheduler& scheduler, const Command& command,
                  qsizetype before, Reply reply);

private:
    void look(const model::Call& call);
    void answer(const CommandResult& result);
    QString countSent() const; // "2 of 5 digits"

    base::Scheduler& m_scheduler;
    model::CallId m_id;
    qsizetype m_before;
    qsizetype m_wanted;
    qsizetype m_countable; // of those: a call does not keep more than so many
    qsizetype m_sent = 0; // of ours
    Reply m_reply;
    base::Timer m_deadline;
    base::Timer m_last;
};

} // namespace hs::engine
