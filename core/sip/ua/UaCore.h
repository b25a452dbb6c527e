// UaCore: what everything in the user agent shares: clock, transactions, resolver, our name, and
// the making of requests and responses that carry our headers. Thread: one, the transaction
// layer's.
#pragma once

#include "sip/message/MessageFactory.h"
#include "sip/message/StatusCode.h"
#include "sip/transaction/TransactionLayer.h"
#include "sip/transport/Resolver.h"
#include "sip/ua/NatAddresses.h"
#include "sip/ua/SessionTimer.h"

namespace hs::sip {

inline constexpr char allowedMethods[] =
    "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY, MESSAGE";
inline constexpr char supportedOptions[] = "replaces, timer, 100rel, norefersub";

struct ExtraHeader {
    QByteArray name;
    QByteArray value;
};

class UaCore {
public:
    base::Scheduler& scheduler;
    TransactionLayer& transactions;
    base::Random& random;
    Resolver& resolver;
    QByteArray product; // for User-Agent and Server
    NatAddresses nat{};
    SessionTimerWish sessionTimer{};

    QByteArray newTag() { return random.token(12); }
    // Our address as the peer at that hop reaches it.
    Uri contact(const Hop& hop) const;
    void addOurHeaders(Request& request) const;
    // A Warning header's value: what no other code says (RFC 3261 section 20.43: 399).
    static QByteArray warning(QByteArray text);
    static void setSdp(Message& message, const QByteArray& sdp);
    // With our tag as the To tag (but for a 100) and our name.
    Response makeOurResponse(const Request& request, int code, const QByteArray& localTag,
                             const QByteArray& reason = {}) const;
};

} // namespace hs::sip
