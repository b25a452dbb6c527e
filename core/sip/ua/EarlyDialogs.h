// EarlyDialogs: the dialogs that provisional responses to one INVITE of ours have made, one for
// each To tag (RFC 3261 section 12.1), and the PRACKs for those that are reliable (RFC 3262).
// Thread: one, the transaction layer's.
#pragma once

#include "sip/ua/DialogRequests.h"

#include <QHash>

namespace hs::sip {

class EarlyDialogs {
public:
    // More forks than this are a joke at our cost.
    static constexpr qsizetype most = 32;

    EarlyDialogs(UaCore& core, const Hop& hop, std::shared_ptr<DigestClient> credentials);

    // False for a reliable one that is a copy or came before its turn: nobody is told of it.
    bool admit(const Request& invite, const Response& provisional);
    // The dialog of a 2xx, with the numbers that its early one has used.
    Dialog confirmed(const Request& invite, const Response& ok);
    QByteArray sdp(const QByteArray& tag) const; // the last of that dialog; empty without one
    // Of a request of theirs; null if there is no such dialog.
    Dialog* find(const QByteArray& remoteTag);

private:
    struct Early {
        Early(UaCore& core, Dialog from, const Hop& hop, std::shared_ptr<DigestClient> credentials);
        Dialog dialog;
        DialogRoute route;
        DialogRequests requests;
        std::optional<std::uint32_t> lastReliable; // RSeq
        QByteArray sdp;
    };
    void acknowledge(Early& early, const Request& invite, std::uint32_t rseq);

    UaCore& m_core;
    Hop m_hop;
    std::shared_ptr<DigestClient> m_credentials;
    QHash<QByteArray, std::shared_ptr<Early>> m_dialogs;
};

} // namespace hs::sip
