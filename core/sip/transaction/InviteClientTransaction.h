// InviteClientTransaction: RFC 3261 section 17.1.1 with the Accepted state of RFC 6026.
#pragma once

#include "sip/transaction/ClientTransaction.h"

namespace hs::sip {

class InviteClientTransaction final : public ClientTransaction {
public:
    enum class State { Calling, Proceeding, Completed, Accepted, Terminated };

    using ClientTransaction::ClientTransaction;

    void start() override;
    void receive(const Response& response) override;
    void cancelled() override;
    State state() const { return m_state; }

private:
    void receiveFinal(const Response& response);
    void fireA();
    void fireB();
    void onTransmitFailed(const QString& why) override;
    void failUnreachable();
    void end();

    State m_state = State::Calling;
    QByteArray m_bytes;
    QString m_unreachableWhy;
    QByteArray m_ackBytes; // of a non-2xx
    base::Duration m_intervalA{};
    base::Timer m_timerA;
    base::Timer m_timerB;
    base::Timer m_timerDOrM;
    base::Timer m_afterCancel;
};

} // namespace hs::sip
