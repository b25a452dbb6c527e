// ClientTransactionHandle: the user's hold on a client transaction: when it goes, nothing more is
// told; the transaction itself goes on to its end. Thread: the transaction layer's.
#pragma once

#include "sip/transaction/ClientTransaction.h"

namespace hs::sip {

class ClientTransactionHandle {
public:
    ClientTransactionHandle() = default;
    explicit ClientTransactionHandle(std::weak_ptr<ClientTransaction> transaction)
        : m_transaction(std::move(transaction))
    {
    }
    ClientTransactionHandle(ClientTransactionHandle&&) noexcept = default;
    ClientTransactionHandle& operator=(ClientTransactionHandle&& other) noexcept
    {
        if (this != &other) {
            reset();
            m_transaction = std::exchange(other.m_transaction, {});
        }
        return *this;
    }
    ~ClientTransactionHandle() { reset(); }

    void reset()
    {
        if (const auto transaction = m_transaction.lock()) {
            transaction->detach();
        }
        m_transaction.reset();
    }

private:
    friend class TransactionLayer;
    std::weak_ptr<ClientTransaction> m_transaction;
};

} // namespace hs::sip
