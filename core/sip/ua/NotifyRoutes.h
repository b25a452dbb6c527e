// NotifyRoutes: which subscription of ours a NOTIFY belongs to: by Call-ID and our tag, since it
// may come before the response that tells theirs (RFC 6665 section 4.1.3). Thread: one, the
// transaction layer's.
#pragma once

#include "sip/ua/InviteUas.h"

#include <QHash>

namespace hs::sip {

struct NotifyAnswer {
    int code = 200;
    QList<ExtraHeader> headers{};
};

class NotifyReceiver {
public:
    virtual ~NotifyReceiver() = default;
    // Told once for each NOTIFY; the answer is sent by whoever asks.
    virtual NotifyAnswer onNotify(const Request& notify, const Hop& from) = 0;
};

// The event packages that we subscribe to (RFC 6665 section 8.2.2).
inline constexpr char allowedEvents[] = "dialog, message-summary, refer";

class NotifyRoutes {
public:
    void add(const QByteArray& callId, const QByteArray& localTag, NotifyReceiver* receiver)
    {
        m_receivers.insert({callId, localTag}, receiver);
    }
    void remove(const QByteArray& callId, const QByteArray& localTag)
    {
        m_receivers.remove({callId, localTag});
    }
    // Null if it belongs to none.
    NotifyReceiver* find(const Request& notify) const
    {
        const std::optional<NameAddr> to = notify.to();
        return m_receivers.value({notify.callId(), to ? to->tag() : QByteArray()});
    }
    qsizetype size() const { return m_receivers.size(); }

private:
    QHash<std::pair<QByteArray, QByteArray>, NotifyReceiver*> m_receivers;
};

} // namespace hs::sip
