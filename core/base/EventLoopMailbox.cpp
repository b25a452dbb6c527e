#include "base/EventLoopMailbox.h"

#include <QCoreApplication>
#include <QEvent>

namespace hs::base {

namespace {
constexpr auto mailEvent = static_cast<QEvent::Type>(QEvent::User + 1);
}

EventLoopMailbox::EventLoopMailbox(QObject* parent)
    : QObject(parent)
{
}

void EventLoopMailbox::post(std::function<void()> run)
{
    if (m_mailbox.post(std::move(run))) {
        QCoreApplication::postEvent(this, new QEvent(mailEvent));
    }
}

void EventLoopMailbox::drain()
{
    auto batch = m_mailbox.takeAll();
    while (auto node = batch.pop()) {
        node->value();
    }
}

bool EventLoopMailbox::event(QEvent* event)
{
    if (event->type() == mailEvent) {
        drain();
        return true;
    }
    return QObject::event(event);
}

} // namespace hs::base
