// StunTransaction: one Binding request on its way, sent again until it is answered (RFC 8489
// section 6.2.1): after 0.5, 1.5, 3.5 and 7.5 s, given up after 8 s. It runs over whatever socket
// its owner has: the owner sends what it is given, and hands in datagrams for which isStun() holds.
// Thread: the scheduler's.
#pragma once

#include "base/Scheduler.h"
#include "base/StunMessage.h"

#include <functional>

namespace hs::base {

class StunTransaction {
public:
    // False: it can't be sent there at all.
    using Send = std::function<bool(const QByteArray& request, const Endpoint& server)>;
    // Our endpoint as the server sees it, or a sentence. May destroy the transaction.
    using Done = std::function<void(const Result<Endpoint>& mapped)>;

    // `send` and `done` are not called from here, nor after the transaction is destroyed.
    StunTransaction(Scheduler& scheduler, Random& random, const Endpoint& server, Send send,
                    Done done, const QByteArray& software = {});

    // Sends the first one. If that is not possible, `done` is called at once.
    void start();
    // True: it was the answer to our request, and nobody else's business. Not ours: another
    // server's, another request's, or one that makes no sense.
    bool receive(std::span<const std::byte> datagram, const Endpoint& from);
    bool isDone() const { return !m_done; }

private:
    void sendOnce();
    void finish(const Result<Endpoint>& mapped);

    Scheduler& m_scheduler;
    Endpoint m_server;
    Send m_send;
    Done m_done;
    StunId m_id;
    QByteArray m_request;
    Duration m_interval;
    TimePoint m_givesUpAt;
    Timer m_timer;
    QString m_trouble; // what came last in place of a good answer
};

} // namespace hs::base
