// Dialog: the state that two user agents share once one answered the other (RFC 3261 section 12):
// tags, sequence numbers, route set, remote target. A value; makes in-dialog requests, sends
// nothing.
#pragma once

#include "sip/message/Message.h"
#include "sip/transport/Transport.h"

#include <algorithm>

namespace hs::sip {

struct DialogId {
    QByteArray callId;
    QByteArray localTag;
    QByteArray remoteTag;

    // Of the dialog that an arriving request belongs to: our tag stands in To.
    static DialogId ofRequest(const Request& request);
    friend bool operator==(const DialogId&, const DialogId&) = default;
    friend size_t qHash(const DialogId& id, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, id.callId, id.localTag, id.remoteTag);
    }
};

class Dialog {
public:
    // We are the callee: from the INVITE and the tag of our response (section 12.1.1).
    static Dialog fromRequest(const Request& invite, const QByteArray& localTag,
                              const Uri& localContact);
    // We are the caller: from our INVITE and a response with a To tag (section 12.1.2). Without a
    // Contact in the response the INVITE's target stands in.
    static Dialog fromResponse(const Request& invite, const Response& response);

    const DialogId& id() const { return m_id; }
    const NameAddr& local() const { return m_local; }
    const NameAddr& remote() const { return m_remote; }
    const Uri& remoteTarget() const { return m_remoteTarget; }
    const Uri& localContact() const { return m_localContact; }
    bool isCaller() const { return m_isCaller; } // whether the Call-ID is ours (section 14.1)

    // The target may move with each INVITE and its 2xx, the route set never (section 12.2).
    void refreshTarget(const Message& message);
    void adoptRemoteSequence(const Dialog& early);
    // True if the request's number is above all before; remembered then (section 12.2.2).
    bool admitSequence(std::uint32_t number);

    // Everything but Via and body. ACK gets the number of the INVITE that it acknowledges.
    Request makeRequest(Method method);
    Request makeAck(std::uint32_t inviteSequence) const;
    std::uint32_t localSequence() const { return m_localSequence; }
    // For a request that is sent once more with credentials.
    std::uint32_t takeSequence() { return ++m_localSequence; }
    // Requests of the early dialog that it has grown out of have used the numbers up to this one.
    void raiseLocalSequence(std::uint32_t used)
    {
        m_localSequence = std::max(m_localSequence, used);
    }
    // Where the next request goes: the first route, or the remote target (section 12.2.1.1).
    Uri nextHop() const;

private:
    Request makeBare(Method method, std::uint32_t sequence) const;

    DialogId m_id;
    NameAddr m_local; // with our tag
    NameAddr m_remote; // with theirs
    Uri m_remoteTarget;
    Uri m_localContact;
    QList<NameAddr> m_routeSet;
    std::uint32_t m_localSequence = 0;
    std::uint32_t m_remoteSequence = 0;
    bool m_remoteSequenceKnown = false;
    bool m_isCaller = false;
};

} // namespace hs::sip
