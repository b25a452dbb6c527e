#include "ControlFixture.h"
#include "control/ControlLimits.h"
#include "support/Soon.h"

#include <QTest>

#include <array>
#include <atomic>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace hs;
using namespace hs::control;
using namespace hs::test;

class HttpFrontTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answers_data();
    void answers();
    void plainPageAndHealth();
    void headHasNoBody();
    void upgradeOfRfc6455();
    void tokenIsAskedForAtUpgrades();
    void tokensAreNotLogged();
    void headByteByByte();
    void frameBehindTheHeadIsNotLost();
    void manyFramesBehindTheHeadStayInOrder();
    void hugeHeadIsAnsweredWhileItIsStillComing();
    void slowHeadIsClosed();
    void slowHeadWithOneByteEachSecondIsClosedAsWell();
    void unfinishedHeadsAreBounded();
    void connectionsAreBounded();
    void ipv6();
};

namespace {
QByteArray get(const base::Endpoint& at, const QByteArray& target, const QByteArray& more = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: " + at.toString() + "\r\n" + more + "\r\n";
}

QByteArray healthOf(const base::Endpoint& at)
{
    RawClient client;
    return client.connectTo(at) ? client.request(get(at, "/health")) : QByteArray();
}
} // namespace

void HttpFrontTest::answers_data()
{
    QTest::addColumn<QByteArray>("request"); // HERE stands for our address and port
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("field"); // that the answer has; empty: none in particular
    const auto row = [](const char* rule, int status, const QByteArray& request,
                        const char* field = "") {
        QTest::newRow(rule) << request << status << QByteArray(field);
    };
    const QByteArray host("Host: HERE\r\n");
    const QByteArray upgrade("Upgrade: websocket\r\nConnection: Upgrade\r\n");
    const QByteArray version("Sec-WebSocket-Version: 13\r\n");
    const QByteArray key("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    const QByteArray get("GET / HTTP/1.1\r\n");
    row("plain GET", 200, get + host + "\r\n");
    row("plain GET of HTTP/1.0", 200, "GET / HTTP/1.0\r\nHost: HERE\r\n\r\n");
    row("another upgrade is ignored (RFC 9110 7.8)", 200,
        get + host + "Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n");
    row("garbage", 400, "hello\r\n\r\n");
    row("no Host", 400, "GET / HTTP/1.1\r\n\r\n");
    row("foreign Host", 403, "GET / HTTP/1.1\r\nHost: evil.example:8080\r\n\r\n");
    row("foreign Host on an upgrade", 403,
        get + "Host: evil.example\r\n" + upgrade + version + key + "\r\n");
    row("foreign Origin", 403, get + host + "Origin: https://evil.example\r\n\r\n");
    row("foreign Origin on an upgrade", 403,
        get + host + "Origin: https://evil.example\r\n" + upgrade + version + key + "\r\n");
    row("null Origin on an upgrade", 403,
        get + host + "Origin: null\r\n" + upgrade + version + key + "\r\n");
    row("unknown path", 404, "GET /nothing HTTP/1.1\r\n" + host + "\r\n");
    row("the later API", 404, "GET /api/v1 HTTP/1.1\r\n" + host + upgrade + version + key + "\r\n");
    row("two slashes are another path", 404,
        "GET //evil/ HTTP/1.1\r\n" + host + upgrade + version + key + "\r\n");
    row("POST", 405, "POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\n\r\nabc",
        "Allow: GET, HEAD");
    row("DELETE of the health", 405, "DELETE /health HTTP/1.1\r\n" + host + "\r\n",
        "Allow: GET, HEAD");
    row("POST of an upgrade", 405, "POST / HTTP/1.1\r\n" + host + upgrade + version + key + "\r\n",
        "Allow: GET, HEAD");
    row("RFC 6455 4.4: other version", 426,
        get + host + upgrade + key + "Sec-WebSocket-Version: 8\r\n\r\n",
        "Sec-WebSocket-Version: 13");
    row("no version", 426, get + host + upgrade + key + "\r\n", "Sec-WebSocket-Version: 13");
    row("RFC 6455 4.2.1: no key", 400, get + host + upgrade + version + "\r\n");
    row("short key", 400, get + host + upgrade + version + "Sec-WebSocket-Key: abcd\r\n\r\n");
    row("two keys", 400, get + host + upgrade + version + key + key + "\r\n");
    row("no Connection: Upgrade", 400,
        get + host + "Upgrade: websocket\r\nConnection: close\r\n" + version + key + "\r\n");
    row("upgrade of HTTP/1.0", 400, "GET / HTTP/1.0\r\n" + host + upgrade + version + key + "\r\n");
    row("unknown form of audio", 400,
        "GET /?rtp=mp3 HTTP/1.1\r\n" + host + upgrade + version + key + "\r\n");
    row("no call in call=", 400,
        "GET /?call= HTTP/1.1\r\n" + host + upgrade + version + key + "\r\n");
    QByteArray manyFields;
    for (int i = 0; i < 101; ++i) {
        manyFields += "A: b\r\n";
    }
    row("too many fields", 431, get + host + manyFields + "\r\n");
    row("too long", 431, get + host + "A: " + QByteArray(8192, 'x') + "\r\n\r\n");
}

void HttpFrontTest::answers()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(QByteArray, field);
    ControlFixture fixture;
    RawClient client;
    QVERIFY(client.connectTo(fixture.endpoint()));
    const QByteArray answer =
        client.request(request.replace("HERE", fixture.endpoint().toString()));
    QVERIFY2(answer.startsWith(QByteArray("HTTP/1.1 " + QByteArray::number(status) + ' ')),
             answer.constData());
    QVERIFY(answer.contains(QByteArray("\r\n" + field)));
    const qsizetype body = answer.indexOf("\r\n\r\n") + 4;
    const QByteArray length = QByteArray::number(answer.size() - body);
    QVERIFY(answer.contains(QByteArray("\r\nContent-Length: " + length + "\r\n")));
    QVERIFY(answer.size() > body); // a sentence that says why
    QVERIFY(answer.contains("\r\nConnection: close\r\n"));
    QCOMPARE(fixture.server.clients().size(), 0);
}

void HttpFrontTest::plainPageAndHealth()
{
    ControlFixture fixture;
    RawClient page;
    QVERIFY(page.connectTo(fixture.endpoint()));
    QVERIFY(page.request(get(fixture.endpoint(), "/")).contains("Hookswitch"));
    const QByteArray answer = healthOf(fixture.endpoint());
    QVERIFY(answer.contains("Content-Type: application/json\r\n"));
    QVERIFY(answer.contains("{\"status\":\"ok\""));
}

void HttpFrontTest::headHasNoBody()
{
    ControlFixture fixture;
    RawClient client;
    QVERIFY(client.connectTo(fixture.endpoint()));
    const QByteArray answer = client.request(
        "HEAD /health HTTP/1.1\r\nHost: " + fixture.endpoint().toString() + "\r\n\r\n");
    QVERIFY(answer.startsWith("HTTP/1.1 200 "));
    QVERIFY(answer.endsWith("\r\n\r\n"));
    QVERIFY(!answer.contains("Content-Length: 0\r\n"));
}

void HttpFrontTest::upgradeOfRfc6455()
{
    ControlFixture fixture;
    RawClient client;
    QVERIFY(client.connectTo(fixture.endpoint()));
    client.socket.write(handshake(
        fixture.endpoint(), "/?rtp=off&x=y",
        "Origin: http://localhost:" + QByteArray::number(fixture.endpoint().port()) + "\r\n"));
    SOON_VERIFY(client.received.endsWith("\r\n\r\n"));
    QVERIFY(client.received.startsWith("HTTP/1.1 101 "));
    // RFC 6455 1.3's own example.
    QVERIFY(client.received.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    SOON_COMPARE(fixture.server.clients().size(), 1);
}

void HttpFrontTest::tokenIsAskedForAtUpgrades()
{
    ControlSettings settings = ControlFixture::onLoopback();
    settings.token = "s3cret";
    ControlFixture fixture(settings);
    RawClient without;
    QVERIFY(without.connectTo(fixture.endpoint()));
    const QByteArray answer = without.request(handshake(fixture.endpoint()));
    QVERIFY(answer.startsWith("HTTP/1.1 401 "));
    QVERIFY(answer.contains("\r\nWWW-Authenticate: Bearer "));
    RawClient wrong;
    QVERIFY(wrong.connectTo(fixture.endpoint()));
    QVERIFY(wrong.request(handshake(fixture.endpoint(), "/", "Authorization: Bearer x\r\n"))
                .startsWith("HTTP/1.1 401 "));
    RawClient right;
    QVERIFY(right.connectTo(fixture.endpoint()));
    right.socket.write(handshake(fixture.endpoint(), "/", "Authorization: Bearer s3cret\r\n"));
    SOON_VERIFY(right.received.startsWith("HTTP/1.1 101 "));
    QVERIFY(healthOf(fixture.endpoint()).startsWith("HTTP/1.1 200 "));
}

namespace {
QStringList logged;
void keepLog(QtMsgType, const QMessageLogContext&, const QString& line)
{
    logged.append(line);
}
} // namespace

void HttpFrontTest::tokensAreNotLogged()
{
    ControlSettings settings = ControlFixture::onLoopback();
    settings.token = "s3cret";
    settings.queryToken = true;
    ControlFixture fixture(settings);
    logged.clear();
    const QtMessageHandler before = qInstallMessageHandler(keepLog);
    for (const QByteArray& target : {QByteArray("/?token=s3cret"), QByteArray("/?token=guess123"),
                                     QByteArray("/x?token=s3cret")}) {
        RawClient client;
        client.connectTo(fixture.endpoint());
        client.socket.write(
            handshake(fixture.endpoint(), target, "Authorization: Bearer guess456\r\n"));
        SOON_VERIFY(client.received.contains("\r\n\r\n"));
    }
    qInstallMessageHandler(before);
    QVERIFY(!logged.isEmpty());
    const QString all = logged.join(u'\n');
    QVERIFY2(!all.contains(QStringLiteral("s3cret")), qPrintable(all));
    QVERIFY2(!all.contains(QStringLiteral("guess")), qPrintable(all));
}

void HttpFrontTest::headByteByByte()
{
    ControlFixture fixture;
    RawClient client;
    QVERIFY(client.connectTo(fixture.endpoint()));
    const QByteArray head = handshake(fixture.endpoint());
    for (const char byte : head) {
        client.socket.write(&byte, 1);
        client.socket.flush();
        QCoreApplication::processEvents();
    }
    SOON_VERIFY(client.received.startsWith("HTTP/1.1 101 "));
}

void HttpFrontTest::frameBehindTheHeadIsNotLost()
{
    ControlFixture fixture;
    RawClient client;
    QVERIFY(client.connectTo(fixture.endpoint()));
    client.socket.write(handshake(fixture.endpoint()) + maskedFrame("CALL:0912"));
    SOON_COMPARE(fixture.calls.asked, QStringList{QStringLiteral("dial 0912")});
}

void HttpFrontTest::manyFramesBehindTheHeadStayInOrder()
{
    ControlFixture fixture;
    RawClient client;
    QVERIFY(client.connectTo(fixture.endpoint()));
    QByteArray bytes = handshake(fixture.endpoint());
    QStringList expected;
    for (int i = 0; i < 3000; ++i) { // more than the head's limit, so that some stay in the kernel
        bytes += maskedFrame("CALL:" + QByteArray::number(i));
        expected.append(QStringLiteral("dial %1").arg(i));
    }
    client.socket.write(bytes);
    SOON_COMPARE(fixture.calls.asked.size(), expected.size());
    QCOMPARE(fixture.calls.asked, expected);
}

void HttpFrontTest::hugeHeadIsAnsweredWhileItIsStillComing()
{
    ControlFixture fixture;
    // Writes it all before it reads, and gives up where it can't. Far more is sent than is read: a
    // plain close() would reset the connection.
    std::atomic<bool> done = false;
    bool allSent = false;
    QByteArray answer;
    std::jthread client([&, port = fixture.endpoint().port()] {
        const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_storage to{};
        const unsigned length = base::Endpoint(base::IpAddress::loopbackV4(), port).toSockaddr(to);
        const QByteArray head = "GET / HTTP/1.1\r\nA: " + QByteArray(20'000'000, 'x');
        allSent = ::connect(descriptor, reinterpret_cast<sockaddr*>(&to), length) == 0
            && ::send(descriptor, head.data(), std::size_t(head.size()), MSG_NOSIGNAL)
                == head.size();
        std::array<char, 4096> buffer;
        for (ssize_t size = 1; allSent && size > 0;) {
            size = ::recv(descriptor, buffer.data(), buffer.size(), 0);
            answer.append(buffer.data(), qMax<qsizetype>(0, size));
        }
        ::close(descriptor);
        done = true;
    });
    QVERIFY(waitUntil([&] { return done.load(); }, std::chrono::seconds(60)));
    client.join();
    QVERIFY(allSent);
    QVERIFY(answer.startsWith("HTTP/1.1 431 "));
}

void HttpFrontTest::slowHeadIsClosed()
{
    ControlFixture fixture;
    RawClient client;
    QVERIFY(client.connectTo(fixture.endpoint()));
    client.socket.write("GET / HTTP/1.1\r\nHost: ");
    SOON_VERIFY(fixture.scheduler.next().has_value());
    fixture.scheduler.advance(limits::headTime - std::chrono::milliseconds(1));
    QCOMPARE(client.socket.state(), QAbstractSocket::ConnectedState);
    fixture.scheduler.advance(std::chrono::milliseconds(1));
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.received, QByteArray());
}

void HttpFrontTest::slowHeadWithOneByteEachSecondIsClosedAsWell()
{
    ControlFixture fixture;
    RawClient client;
    QVERIFY(client.connectTo(fixture.endpoint()));
    SOON_VERIFY(fixture.scheduler.next().has_value());
    for (int i = 0; i < 5; ++i) {
        client.socket.write("G");
        client.socket.flush();
        QCoreApplication::processEvents();
        fixture.scheduler.advance(std::chrono::seconds(1));
    }
    QVERIFY(client.waitForEnd());
}

void HttpFrontTest::unfinishedHeadsAreBounded()
{
    ControlFixture fixture;
    std::vector<std::unique_ptr<RawClient>> waiting;
    for (std::size_t i = 0; i < limits::unfinishedHeads; ++i) {
        waiting.push_back(std::make_unique<RawClient>());
        QVERIFY(waiting.back()->connectTo(fixture.endpoint()));
    }
    SOON_COMPARE(fixture.scheduler.pending(), limits::unfinishedHeads);
    RawClient refused;
    QVERIFY(refused.connectTo(fixture.endpoint()));
    QVERIFY(refused.waitForEnd());
    QVERIFY(refused.received.startsWith("HTTP/1.1 503 "));
    QVERIFY(refused.received.contains("\r\nRetry-After: "));

    waiting.front()->socket.disconnectFromHost();
    SOON_VERIFY(healthOf(fixture.endpoint()).startsWith("HTTP/1.1 200 "));
}

void HttpFrontTest::connectionsAreBounded()
{
    ControlFixture fixture;
    std::vector<std::unique_ptr<TextClient>> clients;
    for (std::size_t i = 0; i < limits::connections; ++i) {
        clients.push_back(std::make_unique<TextClient>());
        QVERIFY(fixture.connect(*clients.back()));
    }
    RawClient refused;
    QVERIFY(refused.connectTo(fixture.endpoint()));
    QVERIFY(refused.waitForEnd());
    QVERIFY(refused.received.startsWith("HTTP/1.1 503 "));
    // The others live on.
    fixture.calls.ringIn(QStringLiteral("1"));
    for (const auto& client : clients) {
        QVERIFY(waitUntil([&] { return client->messages.size() == 1; }));
    }
    clients.clear();
    SOON_COMPARE(fixture.server.clients().size(), 0);
    TextClient again;
    QVERIFY(fixture.connect(again));
}

void HttpFrontTest::ipv6()
{
    ControlSettings settings;
    settings.listen = {{*base::IpAddress::parse("::1"), 0}, {base::IpAddress::loopbackV4(), 0}};
    ControlFixture fixture(settings);
    QVERIFY(fixture.listening);
    QCOMPARE(fixture.server.endpoints().size(), 2);
    for (const base::Endpoint& endpoint : fixture.server.endpoints()) {
        QVERIFY(endpoint.port() != 0);
        TextClient client;
        QVERIFY(client.connectTo(endpoint));
        SOON_COMPARE(fixture.server.clients().size(), 1);
        QCOMPARE(fixture.server.clients().first().name, client.name());
        client.socket.close();
        SOON_COMPARE(fixture.server.clients().size(), 0);
    }
}

QTEST_GUILESS_MAIN(HttpFrontTest)
#include "tst_http_front.moc"
