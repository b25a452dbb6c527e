// CommandServer: takes Commands of other processes of this user over a local socket (mode 0600), a
// line of JSON each, one for each connection, and answers with a CommandResult. What it gets is not
// trusted: what is too long, no command, too late or from another user is refused.
// Thread: that of its making, which has an event loop; replies may come from any.
#pragma once

#include "base/EventLoopMailbox.h"
#include "engine/Command.h"
#include "engine/CommandSocket.h"

#include <QHash>
#include <QLocalServer>

#include <functional>

namespace hs::engine {

class CommandServer final : public QObject {
    Q_OBJECT
public:
    using Reply = std::function<void(const CommandResult&)>;
    // Calls `reply` once, at once or later, from whatever thread, as long as the server lives. If
    // it never does, the other end is told when its patience has ended.
    using Run = std::function<void(const Command&, const Reply& reply)>;

    CommandServer(const QString& path, Run run, QObject* parent = nullptr);

    // Takes the path over from whoever had it: ask first whether someone answers there. An error is
    // a sentence; the program works without.
    base::Result<void> listen();

private:
    void takeConnection();
    void read(quint64 id);
    void answer(quint64 id, const CommandResult& result);

    QString m_path;
    Run m_run;
    base::EventLoopMailbox m_mailbox;
    QHash<quint64, QLocalSocket*> m_sockets; // owned by m_server, whose end ends them all
    QLocalServer m_server;
    quint64 m_lastId = 0;
};

} // namespace hs::engine
