#include "engine/CommandClient.h"
#include "engine/CommandServer.h"
#include "support/Soon.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <sys/stat.h>

using namespace hs;
using engine::Command;
using engine::CommandPeer;
using engine::CommandResult;
using engine::CommandServer;

class CommandServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aCommandIsRunAndAnswered();
    void onlyItsUserCanConnect();
    void whatIsLeftOverIsReplaced();
    void whatIsNoCommandIsRefused_data();
    void whatIsNoCommandIsRefused();
    void onlyOneCommandForEachConnection();
    void aCommandThatComesTooLateIsNotRun();
    void nobodyThereIsNoAnswer();
    void whoGoesAwayIsForgotten();
    void endsWithConnectionsOpen();
    void pathsAreBesideTheDatabase();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("x.sock")); }
    // What the server answers, a line; it is in this thread as we are.
    QByteArray exchange(const QByteArray& bytes)
    {
        QLocalSocket socket;
        socket.connectToServer(path());
        socket.write(bytes);
        const bool came = QTest::qWaitFor(
            [&socket] {
                return socket.canReadLine() || socket.state() == QLocalSocket::UnconnectedState;
            },
            15000);
        return came ? socket.readAll() : QByteArray("nothing came");
    }
    std::unique_ptr<CommandServer> serve()
    {
        auto server = std::make_unique<CommandServer>(
            path(), [this](const Command& command, const CommandServer::Reply& reply) {
                m_run << command;
                reply(CommandResult::done(command.target));
            });
        const auto listening = server->listen();
        return listening ? std::move(server) : nullptr;
    }
    // The client waits, so it does in a thread of its own.
    static std::optional<CommandResult>
    send(const std::function<std::optional<CommandResult>()>& run)
    {
        std::optional<CommandResult> result;
        const std::unique_ptr<QThread> thread(QThread::create([&] { result = run(); }));
        thread->start();
        const bool ended = QTest::qWaitFor([&thread] { return thread->isFinished(); }, 15000);
        thread->wait();
        return ended ? result : std::nullopt;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QList<Command> m_run;
};

void CommandServerTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_run.clear();
}

void CommandServerTest::aCommandIsRunAndAnswered()
{
    const auto server = serve();
    QVERIFY(server);
    Command command;
    command.verb = Command::Verb::Call;
    command.target = QStringLiteral("tel:ä");
    const auto result = send(
        [&] { return engine::sendCommand(path(), command, std::chrono::milliseconds(10000)); });
    QVERIFY(result);
    QCOMPARE(result->kind, CommandResult::Kind::Done);
    QCOMPARE(result->text, command.target);
    QCOMPARE(m_run.size(), 1);
    QVERIFY(m_run.at(0).validUntilMs > engine::uptimeMs());
}

void CommandServerTest::onlyItsUserCanConnect()
{
    const auto server = serve();
    struct stat status { };
    QVERIFY(::stat(qPrintable(path()), &status) == 0);
    QVERIFY(S_ISSOCK(status.st_mode));
    QCOMPARE(status.st_mode & 0077U, 0U);
}

void CommandServerTest::whatIsLeftOverIsReplaced()
{
    QFile old(path());
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.close();
    QVERIFY(serve());
}

void CommandServerTest::whatIsNoCommandIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("garbage") << QByteArray("\x00\xff\x16\x03\x01garbage\n", 14);
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("empty line") << QByteArray("\n");
    QTest::newRow("no such verb") << QByteArray("{\"do\":\"fly\"}\n");
    QTest::newRow("too long") << QByteArray(Command::mostBytes + 2, 'x');
    QTest::newRow("too long a line") << QByteArray(1024 * 1024, '[') + '\n';
}

void CommandServerTest::whatIsNoCommandIsRefused()
{
    QFETCH(QByteArray, bytes);
    const auto server = serve();
    const QByteArray answer = exchange(bytes);
    // Who is still sending when the connection ends may lose the answer with it.
    if (!answer.isEmpty() || bytes.size() < 100000) {
        const auto result = CommandResult::fromJson(answer);
        QVERIFY(result);
        QCOMPARE(result->kind, CommandResult::Kind::Refused);
        QVERIFY(!result->text.isEmpty());
    }
    QVERIFY(m_run.isEmpty());
    QVERIFY(exchange("{\"do\":\"list\"}\n").contains("done")); // it works on
}

void CommandServerTest::onlyOneCommandForEachConnection()
{
    const auto server = serve();
    QCOMPARE(exchange("{\"do\":\"list\"}\n{\"do\":\"hangup\",\"all\":true}\n").count('\n'), 1);
    QCOMPARE(m_run.size(), 1);
    QCOMPARE(m_run.at(0).verb, Command::Verb::List);
}

void CommandServerTest::aCommandThatComesTooLateIsNotRun()
{
    const auto server = serve();
    Command command;
    command.verb = Command::Verb::Call;
    command.validUntilMs = engine::uptimeMs() - 1;
    QVERIFY(exchange(command.toJson()).contains("too late"));
    QVERIFY(m_run.isEmpty());
}

void CommandServerTest::nobodyThereIsNoAnswer()
{
    const QString database = m_folder->filePath(QStringLiteral("h.db"));
    QVERIFY(!engine::sendToEngine(database, {}));
    QFile left(engine::commandSocketPath(database, CommandPeer::Console));
    QVERIFY(left.open(QIODevice::WriteOnly));
    QVERIFY(!engine::sendToEngine(database, {}));
}

void CommandServerTest::whoGoesAwayIsForgotten()
{
    CommandServer::Reply late;
    CommandServer server(path(),
                         [&](const Command&, const CommandServer::Reply& reply) { late = reply; });
    QVERIFY(server.listen());
    {
        QLocalSocket socket;
        socket.connectToServer(path());
        socket.write("{\"do\":\"list\"}\n");
        SOON_VERIFY(late);
    }
    SOON_VERIFY(server.findChildren<QLocalSocket*>().isEmpty());
    late(CommandResult::done());
    late(CommandResult::done());
    QCoreApplication::processEvents();
}

void CommandServerTest::endsWithConnectionsOpen()
{
    auto server = serve();
    QLocalSocket asked;
    asked.connectToServer(path());
    asked.write("{\"do\":\"list\"}\n");
    QLocalSocket silent;
    silent.connectToServer(path());
    SOON_COMPARE(m_run.size(), 1);
    server.reset();
    SOON_COMPARE(silent.state(), QLocalSocket::UnconnectedState);
    QVERIFY(!QFile::exists(path()));
}

void CommandServerTest::pathsAreBesideTheDatabase()
{
    const QString database = m_folder->filePath(QStringLiteral("h.db"));
    const QString console = engine::commandSocketPath(database, CommandPeer::Console);
    QCOMPARE(console, database + QStringLiteral(".hookswitch.sock"));
    QCOMPARE(engine::commandSocketPath(database, CommandPeer::Daemon),
             database + QStringLiteral(".hookswitchd.sock"));
    // The same for every name of the database.
    const QString link = m_folder->filePath(QStringLiteral("link.db"));
    QVERIFY(QFile::link(database, link));
    QCOMPARE(engine::commandSocketPath(link, CommandPeer::Console), console);
    // A path too long for a socket.
    const QString deep = m_folder->filePath(QString(120, u'x'));
    const QString other = engine::commandSocketPath(deep, CommandPeer::Console);
    QVERIFY(other.size() < 108 && !other.startsWith(m_folder->path()));
    QVERIFY(other != engine::commandSocketPath(deep + u'y', CommandPeer::Console));
}

QTEST_GUILESS_MAIN(CommandServerTest)
#include "tst_command_server.moc"
