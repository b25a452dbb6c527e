// NonInviteClientTransaction: RFC 3261 section 17.1.2.
#pragma once

#include "sip/transaction/ClientTransaction.h"

namespace hs::sip {

class NonInviteClientTransaction final : public ClientTransaction {
public:
    enum class State { Trying, Proceeding, Completed, Terminated };

    using ClientTransaction::ClientTransaction;

    void start() override;
    void receive(const Response& response) override;
    State state() const { return m_state; }

private:
    void fireE();
    void fireF();
    void onTransmitFailed(const QString& why) override;
    void failUnreachable();
    void fireK();

    State m_state = State::Trying;
    QByteArray m_bytes;
    QString m_unreachableWhy;
    base::Duration m_intervalE{};
    base::Timer m_timerE;
    base::Timer m_timerF;
    base::Timer m_timerK;
};

} // namespace hs::sip
