// The numbers that bound what a client of the control server can cost: memory, descriptors, time.
// One place for all of them. Thread: constants.
#pragma once

#include <QtGlobal>

#include <chrono>

namespace hs::control::limits {

using namespace std::chrono_literals;

// The request head (RFC 9110 15.5.9 and RFC 6585 5 name the answers).
constexpr qsizetype headBytes = 8192;
constexpr qsizetype headFields = 100; // what QWebSocketServer itself can read
constexpr auto headTime = 5s; // from the connect to the end of the upgrade
constexpr std::size_t unfinishedHeads = 64;
constexpr std::size_t connections = 256; // unfinished heads and clients together

// A connection that we close stays readable for a while (RFC 6455 7.1.1).
constexpr auto lingerTime = 2s;
constexpr std::size_t lingering = 64;

// Sockets. A wake-up reads what the kernel holds: a small buffer there is what shares the thread
// among clients.
constexpr int sendBufferBytes = 64 * 1024;
constexpr int receiveBufferBytes = 128 * 1024;

// Messages from a client.
constexpr quint64 messageBytes = 1024 * 1024; // longer: closed with 1009
constexpr qint64 readBufferBytes = qint64(messageBytes) + 64 * 1024; // one whole frame and its head
constexpr int errorsPerSecond =
    20; // ERROR events; beyond, nothing is said until the second is over

// What a client has not read yet, beyond what its socket took.
constexpr qint64 audioBacklogBytes = 32 * 1024; // above: audio is left out and counted
constexpr qint64 audioBacklogBytesPerCall = 16 * 1024; // of many calls more: a second of each
constexpr qint64 backlogBytes = 1024 * 1024; // above, with audio of few calls: disconnected
constexpr auto stallTime = 5s; // nothing read for so long: disconnected
constexpr auto closeGrace = 1s; // for the close frame to be read, then the socket is aborted

// RFC 6455 5.5.2: any sign of life counts.
constexpr auto pingInterval = 30s;
constexpr auto silenceTime = 60s;

} // namespace hs::control::limits
