// What a REGISTER of ours says: whom it is for, and which bindings are made and taken back by it.
#include "sip/ua/Registration.h"

namespace hs::sip {

namespace {
// Section 10.2: what the Request-URI names is the domain of the location service alone, whichever
// way leads there.
Uri domainOf(const Uri& uri)
{
    Uri domain;
    domain.scheme = uri.scheme;
    domain.host = uri.host;
    domain.port = uri.port;
    return domain;
}
} // namespace

Request Registration::makeRequest(std::chrono::seconds expires)
{
    NameAddr from = m_config.addressOfRecord;
    from.setTag(m_tag);
    Request request;
    request.method = "REGISTER";
    const Uri domain = domainOf(m_config.addressOfRecord.uri);
    request.requestUri = domain.toBytes();
    const auto addRoute = [&request](const Uri& uri) {
        NameAddr route;
        route.uri = uri;
        route.uri.params.set("lr");
        request.headers.add("Route", route.toBytes());
    };
    if (m_config.outboundProxy) {
        addRoute(*m_config.outboundProxy);
        // The proxy knows from nowhere else that the domain's server is not that of its name.
        if (!(domainOf(m_config.registrar) == domain)) {
            addRoute(m_config.registrar);
        }
    }
    request.headers.add("Max-Forwards", "70");
    request.headers.add("From", from.toBytes());
    request.headers.add("To", m_config.addressOfRecord.toBytes());
    request.headers.add("Call-ID", m_callId);
    request.headers.add("CSeq", QByteArray::number(++m_sequence) + " REGISTER");
    request.headers.add("Expires", QByteArray::number(expires.count()));
    request.headers.add("Supported", "path, outbound");
    m_core.addOurHeaders(request);
    request.headers.set("Allow", allowedMethods);
    return request;
}

void Registration::setContact(Request& request, const Hop& hop, std::chrono::seconds expires)
{
    m_status.tried = hop;
    NameAddr contact;
    contact.uri = m_core.contact(hop);
    contact.uri.user = m_config.contactUser;
    if (!m_config.contactLine.isEmpty()) {
        contact.uri.params.set("line", m_config.contactLine);
    }
    contact.params.set("expires", QByteArray::number(expires.count()));
    if (!m_config.instance.isEmpty()) {
        contact.params.set("+sip.instance", "\"<" + m_config.instance + ">\"");
        if (hop.isReliable() || m_config.outboundProxy) {
            contact.params.set("reg-id", "1");
        }
    }
    request.headers.set("Contact", contact.toBytes());
    m_sentContact = contact.uri;
    // Our address has changed. Left alone, the former binding takes calls to where nobody is until
    // it runs out, or the place that the server has for us (section 10.2.2).
    m_takesBack = m_status.isBound(m_core.scheduler.clock().now()) && !m_contact.host.isEmpty()
        && !(m_contact == contact.uri);
    if (m_takesBack) {
        NameAddr former;
        former.uri = m_contact;
        former.params.set("expires", "0");
        request.headers.add("Contact", former.toBytes());
    }
}

} // namespace hs::sip
