// DialogRequests: requests of ours within a dialog, other than INVITE and ACK: each finds its way
// and answers a challenge if need be. Those that are out when it goes are forgotten.
// Thread: one, the transaction layer's.
#pragma once

#include "sip/ua/ClientRequest.h"
#include "sip/ua/Dialog.h"
#include "sip/ua/DialogRoute.h"

#include <map>

namespace hs::sip {

class DialogRequests {
public:
    // The final response; one of 408 or 503 made by us where none came, with a sentence as reason.
    using Done = std::function<void(const Response&)>;

    DialogRequests(UaCore& core, Dialog& dialog, DialogRoute& route,
                   std::shared_ptr<DigestClient> credentials);

    // `request` is one that the dialog made. `done` may be empty.
    void send(Request request, Done done);
    const std::shared_ptr<DigestClient>& credentials() const { return m_credentials; }

private:
    void finish(std::uint64_t number, const Done& done, const Response& response);

    UaCore& m_core;
    Dialog& m_dialog;
    DialogRoute& m_route;
    std::shared_ptr<DigestClient> m_credentials;
    std::map<std::uint64_t, std::shared_ptr<ClientRequest>> m_out;
    std::uint64_t m_last = 0;
    std::shared_ptr<char> m_alive = std::make_shared<char>();
};

} // namespace hs::sip
