#include "call/ServerProbe.h"

#include "sip/ua/NewRequest.h"
#include "sip/ua/RegistrationProblem.h"

namespace hs::call {

namespace {
constexpr base::Duration interval = std::chrono::seconds(30);
} // namespace

ServerProbe::ServerProbe(sip::UaCore& core, Config config, std::function<void()> changed)
    : m_core(core)
    , m_config(std::move(config))
    , m_changed(std::move(changed))
{
}

void ServerProbe::start()
{
    m_isRefused = false;
    askNow();
}

void ServerProbe::askNow()
{
    m_request.reset();
    m_again.cancel();
    m_core.resolver.resolve(m_config.next,
                            [this, weak = std::weak_ptr(m_alive),
                             attempt = ++m_attempt](const base::Result<sip::Resolver::Hops>& hops) {
                                if (weak.expired() || attempt != m_attempt) {
                                    return;
                                }
                                if (hops) {
                                    m_config.credentials->admitServers(*hops);
                                    send(*hops);
                                } else {
                                    tell({true, hops.error().text, {}});
                                }
                            });
}

void ServerProbe::stop()
{
    ++m_attempt;
    m_again.cancel();
    m_request.reset();
    m_result = {};
}

void ServerProbe::send(const sip::Resolver::Hops& hops)
{
    m_addresses.clear();
    for (const sip::Hop& hop : hops) {
        m_addresses.append(hop.remote.address());
    }
    sip::Request request =
        sip::NewRequest{sip::Method::Options, m_config.target, m_config.from,
                        m_core.newTag(),      m_config.routes, m_core.random.token(24)}
            .make();
    request.headers.add("Accept", "application/sdp");
    m_core.addOurHeaders(request);
    sip::ClientRequest::Plan plan{request,
                                  hops,
                                  m_isRefused ? nullptr : m_config.credentials,
                                  {},
                                  [this](sip::Request&, const sip::Hop& hop) { m_tried = hop; }};
    m_request = std::make_shared<sip::ClientRequest>(
        m_core, std::move(plan),
        sip::ClientRequest::Callbacks{
            [this](const sip::Response&, const sip::Hop& hop, const QString& problem) {
                m_isRefused = m_isRefused || !problem.isEmpty();
                tell({true, {}, hop}); // whatever it says, somebody is there
            },
            [this](const sip::ClientFailure& failure) {
                tell({true,
                      failure.why.isEmpty() ? sip::RegistrationProblem::ofSilence(
                          m_config.next, m_tried.value_or(sip::Hop()))
                                            : failure.why,
                      m_tried});
            }});
    m_request->start();
}

void ServerProbe::tell(const Result& result)
{
    const bool isNews = result.isKnown != m_result.isKnown || result.problem != m_result.problem
        || result.server != m_result.server;
    m_result = result;
    m_result.nextAt = m_core.scheduler.clock().now() + interval;
    // Only now: a server that says nothing is known as such after more than the interval.
    m_again = m_core.scheduler.after(interval, [this] { askNow(); });
    if (isNews || !result.problem.isEmpty()) { // or the next try that was told is past
        m_changed();
    }
}

} // namespace hs::call
