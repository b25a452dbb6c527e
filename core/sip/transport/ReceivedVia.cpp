#include "sip/transport/ReceivedVia.h"

namespace hs::sip {

bool noteSource(Request& request, const base::Endpoint& source)
{
    std::optional<Via> top = request.topVia();
    if (!top) {
        return false;
    }
    const bool wantsRport = top->params.has("rport");
    if (wantsRport || base::IpAddress::parse(top->host) != source.address()) {
        top->params.set("received", source.address().toString());
    } else {
        top->params.remove("received");
    }
    if (wantsRport) {
        top->params.set("rport", QByteArray::number(source.port()));
    }
    request.setTopVia(*top);
    return true;
}

} // namespace hs::sip
