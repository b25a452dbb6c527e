// NonInviteServerTransaction: RFC 3261 section 17.2.2.
#pragma once

#include "sip/transaction/ServerTransaction.h"

namespace hs::sip {

class NonInviteServerTransaction final : public ServerTransaction {
public:
    enum class State { Trying, Proceeding, Completed, Terminated };

    using ServerTransaction::ServerTransaction;

    void start() override { }
    void receiveRetransmission() override;
    void respond(const Response& response) override;
    State state() const { return m_state; }

private:
    void onTransmitFailed(const QString& why) override;
    void fireJ();

    State m_state = State::Trying;
    QByteArray m_lastResponse;
    base::Timer m_timerJ;
};

} // namespace hs::sip
