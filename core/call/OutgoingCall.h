// OutgoingCall: a call that we make: the way to its target, from one server of a name to the next
// (RFC 3263 section 4.3) and from one redirection to the next (RFC 3261 section 8.1.3.4).
// Thread: core.
#pragma once

#include "call/Call.h"
#include "call/DialPlan.h"

#include <QSet>

namespace hs::call {

class OutgoingCall final : public Call, private sip::InviteUac::User {
public:
    struct Plan {
        DialTarget target;
        OutgoingIdentity identity;
        model::Actor by;
        QList<sip::ExtraHeader> extra; // Replaces, Referred-By
        std::optional<sip::Uri> otherwise{}; // by the same way, where nobody finds the target
        QString transferredBy{}; // the far end that asked for it by a REFER
        bool isAside = false; // leaves the operator where he is
    };
    // How it goes, for whoever asked for it by a transfer; the final code is 200 or more.
    using Progress = std::function<void(int code, const QByteArray& reason)>;
    // As whom a call goes on that was redirected to that target.
    using Identify = std::function<DialledCall(const sip::Uri&, const QString& account)>;

    OutgoingCall(const Context& context, model::CallId id, Plan plan, Identify identify);
    ~OutgoingCall() override;

    void setProgress(Progress progress) { m_progress = std::move(progress); }
    // The INVITE goes out as soon as the target's address is known.
    void start();
    // Instead of start(): a local failure, 503.
    void failToStart(const QString& why);

    // Whether this is an early dialog of its own INVITE (RFC 3891 section 3).
    bool ownsEarly(const sip::DialogId& dialog) const;

private:
    void onHops(const base::Result<sip::Resolver::Hops>& hops);
    void tryHop();
    bool tryNextHop();
    bool openMedia(const sip::Hop& hop);
    bool redirect(const sip::Response& response);
    void forgetEarlyMedia();
    void useProxy(const sip::Uri& proxy);
    bool followNext();
    bool tryOtherwise(const sip::InviteSession::Ending& ending);
    void fail(int code, const QString& words, const model::Actor& by);
    void tell(int code, const QByteArray& reason);

    void onProgress(const sip::Response& response, const QByteArray& sdp) override;
    void onAnswered(std::shared_ptr<sip::InviteSession> session, const QByteArray& sdp) override;
    void onFailed(const sip::InviteSession::Ending& ending, const sip::Response* response) override;
    OfferReply onEarlyOffer(const QByteArray& tag, const QByteArray& answer,
                            const QByteArray& offer) override;
    void giveUp(const QByteArray& reason) override;
    void nobodyAnswered();

    Plan m_plan;
    Identify m_identify;
    Progress m_progress;
    sip::Resolver::Hops m_hops;
    qsizetype m_hop = 0;
    base::IpAddress m_mediaAddress; // that the ports were opened on
    QList<sip::Uri> m_redirections; // still to be tried, the best first
    QSet<QByteArray> m_visited; // URIs, so that nobody sends us in circles
    QByteArray m_earlyAgreed; // To tag of the dialog whose media an UPDATE settled before the 2xx
    std::shared_ptr<sip::InviteUac> m_invite;
    base::Timer m_noAnswer;
    base::Timer m_patience; // with a server that says nothing, while there are others
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace hs::call
