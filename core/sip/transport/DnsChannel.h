// DnsChannel: raw questions and answers through c-ares, driven by the Qt event loop: retries, the
// next server, TCP after a truncated answer, and that an answer belongs to its question are all its
// work. Nothing is read or opened before the first question. Thread: one with an event loop.
#pragma once

#include "sip/transport/DnsAnswer.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>
#include <memory>

struct ares_channeldata;
class QSocketNotifier;

namespace hs::sip {

struct DnsSettings {
    QList<base::Endpoint> servers{}; // empty: the system's, with its search list
    std::chrono::milliseconds tryTimeout{1500}; // of the first try; the second one gets twice that
    int tries = 2; // of each server
    std::chrono::milliseconds patience{5000}; // then a question has failed, whatever is still out
    QString hostsFile = QStringLiteral("/etc/hosts");
    std::size_t mostCached = 512; // answers
};

class DnsChannel final : public QObject {
    Q_OBJECT
public:
    enum class Outcome : std::uint8_t {
        Answer, // with bytes
        NoSuchName, // these two only where no message is left of several questions
        NoData,
        Refused,
        Unreachable,
        Silence,
        Broken
    };
    struct Reply {
        Outcome outcome = Outcome::Broken;
        QByteArray bytes{}; // the message of an Answer, which may say no
    };
    // Called once for each question, perhaps before ask() returns. May ask, but must not destroy
    // the channel. Never called once that is being destroyed.
    using Done = std::function<void(const Reply&)>;

    explicit DnsChannel(const DnsSettings& settings);
    ~DnsChannel() override;

    // `search`: complete the name from the system's search list, if it needs that (resolv.conf(5)).
    void ask(const DnsQuestion& question, bool search, Done done);
    // "192.0.2.53:53, [2001:db8::53]:53"; empty before the first question.
    QString servers() const;
    // Whether the system's configuration has changed since the channel was opened.
    bool isStale() const;

private:
    struct Query {
        DnsChannel* channel = nullptr;
        Done done{};
    };
    struct Watch {
        std::unique_ptr<QSocketNotifier> readable;
        std::unique_ptr<QSocketNotifier> writable;
    };
    bool open();
    bool setServers();
    void watch(int descriptor, bool readable, bool writable);
    std::unique_ptr<QSocketNotifier> notifier(int descriptor, bool reads);
    void process(int readable, int writable);
    void arm();
    void finish(Query* query, int status, const unsigned char* bytes, int size);
    static void onAnswer(void* query, int status, int timeouts, unsigned char* bytes, int size);
    static void onSocket(void* channel, int descriptor, int readable, int writable);

    DnsSettings m_settings;
    ares_channeldata* m_channel = nullptr;
    QDateTime m_openedWith; // the time of the system's configuration
    QTimer m_timer;
    std::map<int, Watch> m_watches;
    std::map<Query*, std::unique_ptr<Query>> m_queries;
    bool m_closing = false;
};

} // namespace hs::sip
