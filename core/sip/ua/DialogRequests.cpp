#include "sip/ua/DialogRequests.h"

namespace hs::sip {

DialogRequests::DialogRequests(UaCore& core, Dialog& dialog, DialogRoute& route,
                               std::shared_ptr<DigestClient> credentials)
    : m_core(core)
    , m_dialog(dialog)
    , m_route(route)
    , m_credentials(std::move(credentials))
{
}

void DialogRequests::send(Request request, Done done)
{
    m_core.addOurHeaders(request);
    const auto go = [this, weak = std::weak_ptr(m_alive), request = std::move(request),
                     done = std::move(done)](const Resolver::Hops& hops) {
        if (weak.expired()) {
            return;
        }
        const std::uint64_t number = ++m_last;
        ClientRequest::Plan plan{request, hops, m_credentials, {}, {}};
        plan.nextSequence = [this] { return m_dialog.takeSequence(); };
        ClientRequest::Callbacks callbacks{
            [this, number, done](const Response& response, const Hop& by, const QString&) {
                if (response.statusCode == 503) {
                    m_route.nobodyAnswered();
                } else {
                    m_route.answeredBy(by);
                }
                finish(number, done, response);
            },
            [this, number, done](const ClientFailure& failure) {
                m_route.nobodyAnswered();
                Response none;
                none.statusCode = failure.kind == ClientFailure::Kind::Timeout ? 408 : 503;
                none.reasonPhrase =
                    failure.why.isEmpty() ? reasonPhrase(none.statusCode) : failure.why.toUtf8();
                finish(number, done, none);
            }};
        const auto client =
            std::make_shared<ClientRequest>(m_core, std::move(plan), std::move(callbacks));
        m_out.emplace(number, client);
        client->start();
    };
    m_route.whenKnown(m_dialog.nextHop(), go);
}

void DialogRequests::finish(std::uint64_t number, const Done& done, const Response& response)
{
    const Done call = done; // what is called may destroy this
    m_out.erase(number);
    if (call) {
        call(response);
    }
}

} // namespace hs::sip
