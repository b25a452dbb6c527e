// Transaction: what the four state machines of RFC 3261 section 17 (with RFC 6026) share: timers
// that never fire into a dead object, a way to the wire, and a last word to the table that owns
// them. Thread: one, that of the transaction layer.
#pragma once

#include "base/Scheduler.h"
#include "sip/transaction/TimerConfig.h"
#include "sip/transport/Transport.h"

#include <QByteArray>

#include <functional>
#include <memory>

namespace hs::sip {

class Transaction : public std::enable_shared_from_this<Transaction> {
public:
    struct Environment {
        base::Scheduler& scheduler;
        TimerConfig timers;
        bool reliable = false;
        // False: there is no way there. `failed` may come later (Transport::send).
        std::function<bool(const QByteArray&, Transport::Failed failed)> transmit;
        std::function<void()> terminated; // the table forgets the transaction
    };

    explicit Transaction(Environment environment)
        : m_environment(std::move(environment))
    {
    }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    virtual ~Transaction() = default;

protected:
    const TimerConfig& timers() const { return m_environment.timers; }
    bool reliable() const { return m_environment.reliable; }
    bool transmit(const QByteArray& bytes)
    {
        return m_environment.transmit(bytes, [weak = weak_from_this()](const QString& why) {
            if (const auto self = weak.lock()) {
                self->onTransmitFailed(why);
            }
        });
    }
    // What was sent did not get out: its connection could not be opened, or broke.
    virtual void onTransmitFailed(const QString& why) = 0;
    void setReliable(bool reliable) { m_environment.reliable = reliable; }
    void tellTerminated() { m_environment.terminated(); }

    template <class Self>
    void arm(base::Timer& timer, base::Duration delay, void (Self::*fire)())
    {
        timer = m_environment.scheduler.after(delay, [weak = weak_from_this(), fire] {
            // Held while it runs: what fires may end the transaction's entry in the table.
            if (const auto self = weak.lock()) {
                (static_cast<Self&>(*self).*fire)();
            }
        });
    }

private:
    Environment m_environment;
};

} // namespace hs::sip
