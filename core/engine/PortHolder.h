// Who holds a port that we could not bind: "hookswitchd (process 4711)", read from /proc; empty
// where the system does not tell (another user's process). Thread: pure functions; they read files.
#pragma once

#include <QString>

#include <cstdint>

namespace hs::engine {

enum class PortProtocol { Udp, Tcp };

QString portHolder(PortProtocol protocol, std::uint16_t port);

} // namespace hs::engine
