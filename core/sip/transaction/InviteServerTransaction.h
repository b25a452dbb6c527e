// InviteServerTransaction: RFC 3261 section 17.2.1 with the Accepted state of RFC 6026. A 2xx is
// repeated by the user agent core, not here (section 13.3.1.4).
#pragma once

#include "sip/transaction/ServerTransaction.h"

namespace hs::sip {

class InviteServerTransaction final : public ServerTransaction {
public:
    enum class State { Proceeding, Completed, Confirmed, Accepted, Terminated };

    using ServerTransaction::ServerTransaction;

    void start() override; // sends 100 at once
    void receiveRetransmission() override;
    void respond(const Response& response) override;
    // True if this ACK belongs to a final response other than 2xx and ends here.
    bool absorbAck();
    State state() const { return m_state; }

private:
    void onTransmitFailed(const QString& why) override;
    void fireG();
    void fireH();
    void end();

    State m_state = State::Proceeding;
    QByteArray m_lastResponse;
    base::Duration m_intervalG{};
    base::Timer m_timerG;
    base::Timer m_timerHOrIOrL;
};

} // namespace hs::sip
