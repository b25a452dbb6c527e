// KeptConnection: one user's wish that the connection to a hop, there now or later, be kept alive
// (RFC 5626 section 4.4.1). It ends with this object; the connection stays kept while another user
// wants it. Thread: the transport's, which must outlive it.
#pragma once

#include "sip/transport/Transport.h"

#include <utility>

namespace hs::sip {

class KeptConnection {
public:
    KeptConnection() = default;
    KeptConnection(Transport& transport, const Hop& hop)
        : m_transport(&transport)
        , m_hop(hop)
    {
        transport.keep(hop);
    }
    KeptConnection(KeptConnection&& other) noexcept
        : m_transport(std::exchange(other.m_transport, nullptr))
        , m_hop(std::move(other.m_hop))
    {
    }
    KeptConnection& operator=(KeptConnection&& other) noexcept
    {
        // The new one is there before the old one goes: of the same hop nothing changes.
        std::swap(m_transport, other.m_transport);
        std::swap(m_hop, other.m_hop);
        other.reset();
        return *this;
    }
    ~KeptConnection() { reset(); }

    void reset()
    {
        if (Transport* transport = std::exchange(m_transport, nullptr)) {
            transport->letGo(m_hop);
        }
    }

private:
    Transport* m_transport = nullptr; // null: nothing is wanted
    Hop m_hop;
};

} // namespace hs::sip
