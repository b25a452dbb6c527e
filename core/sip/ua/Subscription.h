// Subscription: keeps one resource watched (RFC 6665, the subscriber's side): subscribes, refreshes
// before it runs out, begins anew where the server lost it, tries again after failures, ends it at
// the end. One dialog: of forked NOTIFYs the first counts. Thread: one, the transaction layer's.
#pragma once

#include "sip/ua/ClientRequest.h"
#include "sip/ua/Dialog.h"
#include "sip/ua/DialogRoute.h"
#include "sip/ua/NotifyRoutes.h"
#include "sip/ua/SubscriptionEnd.h"

namespace hs::sip {

class Subscription final : public NotifyReceiver,
                           public std::enable_shared_from_this<Subscription> {
public:
    struct Config {
        QByteArray event; // "dialog", "message-summary"
        QByteArray accept; // the type of its documents: "application/dialog-info+xml"
        Uri target; // what is watched
        NameAddr from; // the account's address of record
        QList<NameAddr> routes; // outbound proxy, Service-Route; the first says where it goes
        std::optional<Uri>
            server; // where it goes without them; none: where the target's name leads
        QByteArray contactUser;
        std::chrono::seconds expires{3600};
    };
    enum class State { Off, Subscribing, Pending, Active, Failed, Unsubscribing };
    struct Status {
        State state = State::Off;
        int code = 0; // of the last failure; 0: none of SIP
        QString problem; // a sentence; empty while all is well
        base::TimePoint subscribedUntil{}; // while the server has it
        base::TimePoint nextTryAt{}; // while one is planned after a failure
        std::optional<Hop> server; // that answered last

        bool isLive() const { return state == State::Active || state == State::Pending; }
    };
    class User {
    public:
        virtual ~User() = default;
        // A document, untrusted. Never after stop().
        virtual void onNotify(const QByteArray& contentType, const QByteArray& body) = 0;
        // The subscription is active, and the server has nothing to tell (RFC 6665 section 4.2.2):
        // so do presence servers as long as nobody has published anything.
        virtual void onEmptyNotify() { }
        virtual void onSubscriptionChanged() = 0;
    };

    // `user` outlives it.
    Subscription(UaCore& core, const std::shared_ptr<NotifyRoutes>& notifyRoutes, Config config,
                 std::shared_ptr<DigestClient> credentials, User* user);
    ~Subscription() override;

    void start();
    // The network has changed: at once, whatever was planned.
    void refreshNow();
    // A document was missed: the answer to a refresh is the full state. At most each 5 s.
    void requestFullState();
    // For the next subscription that begins.
    void setRoutes(const QList<NameAddr>& routes) { m_config.routes = routes; }
    // `done` is called when the server has said its last word, or was given up; may be empty.
    void stop(std::function<void()> done);

    const Status& status() const { return m_status; }
    const Config& config() const { return m_config; }

    NotifyAnswer onNotify(const Request& notify, const Hop& from) override;

private:
    static constexpr std::uint32_t longestExpires = 7 * 24 * 3600; // seconds; a week

    void attempt(std::chrono::seconds expires);
    void sendToServer(std::chrono::seconds expires);
    void sendTo(const Resolver::Hops& hops, std::chrono::seconds expires);
    Request makeRequest(std::chrono::seconds expires);
    void answered(const Response& response, const Hop& hop, const QString& problem);
    void accepted(const Response& response);
    void refused(const SubscriptionEnd& end);
    void fail(const SubscriptionEnd& end);
    // 0: it is of our dialog, and in order.
    int refusalOf(const Request& notify, const Hop& from);
    void stillThere(const ParameterizedValue& state);
    void schedule(std::chrono::seconds granted);
    void endUnlessTold();
    void beginDialog();
    void forgetDialog();
    void finishStop();
    void setState(State state);

    UaCore& m_core;
    std::weak_ptr<NotifyRoutes> m_notifyRoutes;
    Config m_config;
    std::shared_ptr<DigestClient> m_credentials;
    User* m_user;
    QString m_what; // is watched, for sentences
    Status m_status;
    QByteArray m_callId;
    QByteArray m_tag;
    std::uint32_t m_sequence = 0;
    std::optional<Dialog> m_dialog;
    std::optional<DialogRoute> m_route; // of the dialog: both or none
    Request m_sent; // of which a response makes the dialog
    bool m_notified = false; // in this dialog
    std::chrono::seconds m_asked{0};
    int m_failures = 0;
    int m_intervalsTooBrief = 0; // in a row
    std::uint64_t m_attempt = 0; // a name that is found late must not begin an old one
    base::TimePoint m_lastSent{};
    base::TimePoint m_lastAnew{}; // at once, after the server ended or lost it
    std::shared_ptr<ClientRequest> m_request; // while unanswered
    std::function<void()> m_stopped;
    base::Timer m_next;
    base::Timer m_silence; // accepted, but no NOTIFY came
    base::Timer m_stopTimer;
};

} // namespace hs::sip
