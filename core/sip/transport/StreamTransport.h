// StreamTransport: SIP over TCP and TLS (RFC 3261 section 18): listens, connects, and keeps the
// connections, one for each hop that requests go to. A response goes back the way its request came,
// or if that is gone to where the top Via says (section 18.2.2). Thread: the event loop's.
#pragma once

#include "sip/transport/GarbageLog.h"
#include "sip/transport/StreamConnection.h"
#include "sip/transport/StreamListener.h"
#include "sip/transport/TlsCredentials.h"

#include <map>
#include <tuple>

namespace hs::sip {

class StreamTransport final : public QObject, public Transport, private StreamConnection::Owner {
    Q_OBJECT
public:
    struct Parts {
        base::SocketFactory& routes;
        base::Scheduler& scheduler;
        base::Random& random;
    };
    struct Settings {
        base::IpAddress local = base::IpAddress::anyV4(); // what connections are opened from
        bool v6 = false; // beside IPv4, where `local` is any
        bool tcp = true;
        std::uint16_t contactPort = 0; // told to peers where nothing listens
        ParserLimits limits{};
    };

    StreamTransport(const Parts& parts, const Settings& settings, const TlsCredentials& tls);
    ~StreamTransport() override;

    void setReceiver(TransportReceiver* receiver) { m_receiver = receiver; }
    base::Result<void> listen(TransportKind kind, const base::Endpoint& local);
    // The port of that kind; 0: nothing listens.
    std::uint16_t listeningPort(TransportKind kind) const;
    std::size_t connections() const { return m_connections.size(); }

    bool send(const QByteArray& bytes, const Hop& to, Failed failed) override;
    bool supports(TransportKind kind, base::IpAddress::Family family) const override;
    bool isOpen(const Hop& to) const override;
    void prepare(const Hop& to, base::Duration within, std::function<void(bool)> ready) override;
    void keep(const Hop& to) override;
    void letGo(const Hop& to) override;
    void onNetworkChanged() override;
    QByteArray viaName(const Hop& hop) const override;
    base::Endpoint sentBy(const Hop& hop) const override;
    Hop responseHop(const Via& top, const Hop& requestCameFrom) const override;

private:
    // What one connection is good for; TLS to one address may be for several domains.
    struct Way {
        TransportKind kind = TransportKind::Tcp;
        base::Endpoint remote;
        QByteArray domain;
        friend bool operator<(const Way& a, const Way& b)
        {
            return std::tie(a.kind, a.remote, a.domain) < std::tie(b.kind, b.remote, b.domain);
        }
    };
    struct Waiting {
        std::uint64_t connection = 0;
        std::function<void(bool)> ready;
        base::Timer deadline;
    };

    static Way wayOf(const Hop& hop);
    StreamConnection* find(const Hop& to) const;
    StreamConnection* findOrOpen(const Hop& to, QString& why);
    void accept(TransportKind kind, qintptr descriptor);
    bool admits(const StreamConnection& added);
    bool evictOne(const StreamConnection& added);
    void later(std::function<void()> run);
    void tellWaiting(std::uint64_t connection, bool isOpen);
    void tellUnreadable(const Hop& from, const QByteArray& why);
    void takeRequest(ParsedRequest&& parsed, const Hop& from);
    void takeResponse(Response&& response, const Hop& from);

    void onOpen(StreamConnection& connection) override;
    void onItem(StreamConnection& connection, StreamItem&& item) override;
    void onClosed(StreamConnection& connection, StreamConnection::Failures&& failures) override;
    bool isKept(const StreamConnection& connection) const override;

    Parts m_parts;
    Settings m_settings;
    TlsCredentials m_tls;
    GarbageLog m_garbageLog;
    GarbageLog m_refusalLog;
    TransportReceiver* m_receiver = nullptr;
    std::vector<std::pair<TransportKind, std::unique_ptr<StreamListener>>> m_listeners;
    std::map<std::uint64_t, std::unique_ptr<StreamConnection>> m_connections;
    std::map<Way, std::uint64_t> m_ways;
    std::map<Way, int> m_kept; // by how many users
    std::map<std::uint64_t, Waiting> m_waiting;
    std::uint64_t m_lastId = 0;
};

} // namespace hs::sip
