// EventLoopMailbox: functions to be run in the thread of a Qt event loop, in the order in which they
// were posted; what they capture are values. Thread: post() any; everything else the owner's. What
// is posted after the owner is gone must not be: the owner outlives its senders.
#pragma once

#include "base/Mailbox.h"

#include <QObject>

#include <functional>

namespace hs::base {

class EventLoopMailbox final : public QObject {
    Q_OBJECT
public:
    explicit EventLoopMailbox(QObject* parent = nullptr);

    void post(std::function<void()> run);
    // Runs what is there now, without waiting for the event loop.
    void drain();

protected:
    bool event(QEvent* event) override;

private:
    Mailbox<std::function<void()>> m_mailbox;
};

} // namespace hs::base
