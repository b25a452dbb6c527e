// Where an instance takes commands: a socket in the file system, beside the database as the
// engine's lock is, so that whoever works with the same database finds it whatever the environment
// is; where that path is too long for a socket, in the user's runtime folder. Thread: pure
// functions.
#pragma once

#include <QString>

namespace hs::engine {

enum class CommandPeer { Console, Daemon };

QString commandSocketPath(const QString& databasePath, CommandPeer peer);

// Whether the process at the other end of this socket is one of our user's, or root's, or we are
// root: nobody else has a say here.
bool isTrustedPeer(qintptr socket);

} // namespace hs::engine
