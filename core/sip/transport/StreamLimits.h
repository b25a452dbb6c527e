// StreamLimits: how long and how much the stream connections wait for, keep and bear. Thread:
// constants.
#pragma once

#include "base/Clock.h"

#include <QtGlobal>

namespace hs::sip::limits {

using std::chrono::minutes;
using std::chrono::seconds;

inline constexpr base::Duration connectTime = seconds(5);
inline constexpr base::Duration handshakeTime = seconds(10); // TLS
// A message that has begun must be whole by then, however busily single octets come.
inline constexpr base::Duration messageTime = seconds(30);
// A peer that connects must show that it speaks SIP...
inline constexpr base::Duration firstMessageTime = seconds(60);
// ...and may then be silent so long: longer than calls, for most telephones reach us by this
// connection only and not all of them send keep-alives.
inline constexpr base::Duration idleTime = minutes(120);
// When all places are taken, who has been silent for so long makes room.
inline constexpr base::Duration evictableAfter = seconds(60);
inline constexpr base::Duration closingTime = seconds(5);

// RFC 5626 section 4.4.1 has 80 to 100 percent of the interval; NATs forget TCP in minutes, the
// worst of them in 30 s.
inline constexpr base::Duration pingLeast = seconds(25);
inline constexpr base::Duration pingMost = seconds(30);
inline constexpr base::Duration pongTime = seconds(10);
// Connections that we opened and nobody holds are kept alive so long after the last message.
inline constexpr base::Duration wantedTime = minutes(60);

inline constexpr std::size_t inboundConnections = 512;
inline constexpr std::size_t inboundPerSource = 64; // an IPv6 source is its /64
inline constexpr std::size_t outboundConnections = 512;
inline constexpr qint64 readBufferBytes = 64 * 1024;
inline constexpr qint64 unsentBytes = 512 * 1024; // of a peer that does not read

} // namespace hs::sip::limits
