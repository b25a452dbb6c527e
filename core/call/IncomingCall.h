// IncomingCall: a call that a far end makes to us, from its INVITE on. Thread: core.
#pragma once

#include "call/Call.h"

namespace hs::call {

class IncomingCall final : public Call, private sip::InviteUas::User {
public:
    struct Line { // by which it came
        QString account; // empty: none
        QByteArray user; // of the account
        model::DtmfMethod dtmf = model::DtmfMethod::Auto; // by which digits go there
        QStringList codecs{}; // the account's own
        bool isTrusted = false; // a server of ours sends it
    };

    IncomingCall(const Context& context, model::CallId id, std::shared_ptr<sip::InviteUas> invite,
                 const Line& line);
    ~IncomingCall() override;

    // Takes ports and looks at the offer. What it returns is to be answered to the INVITE.
    base::Result<void, MediaRefusal> prepare(const base::IpAddress& local);
    // It was, and nobody heard it ring: a missed call with a reason, for whoever reads the log.
    void refused(const MediaRefusal& why);
    void setControlId(const QString& controlId);
    void ring();

    base::Result<void> answer(const model::Actor& by) override;
    base::Result<void> reject(const model::Actor& by, int code) override;

private:
    void onCancelled(const QByteArray& reason) override;
    void giveUp(const QByteArray& reason) override;
    void nobodyAnswered();

    std::shared_ptr<sip::InviteUas> m_invite;
    QByteArray m_answerSdp; // empty: they want our offer
    base::Timer m_ringTimeout;
};

} // namespace hs::call
