#include "control/AccessPolicy.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hs;
using namespace hs::control;

class AccessPolicyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hosts_data();
    void hosts();
    void origins_data();
    void origins();
    void twoOriginsAreNone();
    void tokens_data();
    void tokens();
    void beyondThisMachineOnlyWithToken_data();
    void beyondThisMachineOnlyWithToken();
    void tokenFile_data();
    void tokenFile();
    void tokenFileThatOthersCanRead();
    void missingTokenFileIsNamed();
    void fromSettings();
};

namespace {
const base::Endpoint local(*base::IpAddress::parse("192.0.2.5"), 8080);

HttpRequest requestFor(const QByteArray& host, const QList<QByteArray>& origins = {})
{
    HttpRequest request;
    request.method = "GET";
    request.target = "/";
    request.fields.append({"host", host});
    for (const QByteArray& origin : origins) {
        request.fields.append({"origin", origin});
    }
    return request;
}

ControlSettings settings()
{
    ControlSettings result;
    result.listen = {{*base::IpAddress::parse("0.0.0.0"), 8080},
                     {*base::IpAddress::parse("192.0.2.77"), 8080}};
    result.hosts = {*base::HostPort::parse("pbx.example.com"), *base::HostPort::parse("crm:9000")};
    result.origins = {QStringLiteral("https://CRM.example.com/"), QStringLiteral("http://a:99")};
    return result;
}
} // namespace

void AccessPolicyTest::hosts_data()
{
    QTest::addColumn<bool>("ours");
    const auto row = [](const char* host, bool ours) { QTest::newRow(host) << ours; };
    row("127.0.0.1:8080", true);
    row("127.0.0.9:8080", true);
    row("localhost:8080", true);
    row("LocalHost:8080", true);
    row("[::1]:8080", true);
    row("192.0.2.5:8080", true); // the address that the connection came in at
    row("192.0.2.77:8080", true); // one that we listen on
    row("pbx.example.com", true);
    row("pbx.example.com:443", true);
    row("PBX.example.com:8080", true);
    row("crm:9000", true);
    row("crm:9001", false);
    row("0.0.0.0:8080", false);
    row("192.0.2.6:8080", false);
    row("localhost", false); // that is port 80
    row("localhost:8081", false);
    row("127.0.0.1", false);
    row("localhost.evil.example:8080", false);
    row("evil.example:8080", false);
    row("127.0.0.1.evil.example:8080", false);
    row("user@127.0.0.1:8080", false);
    row("127.0.0.1:8080/", false);
    row("127.1:8080", false);
    row("", false);
    row("[::1", false);
}

void AccessPolicyTest::hosts()
{
    QFETCH(bool, ours);
    const auto refusal =
        AccessPolicy(settings()).refuseSite(requestFor(QTest::currentDataTag()), local);
    QCOMPARE(!refusal.has_value(), ours);
    if (refusal) {
        QCOMPARE(refusal->status, 403);
    }
}

void AccessPolicyTest::origins_data()
{
    QTest::addColumn<bool>("ours");
    const auto row = [](const char* origin, bool ours) { QTest::newRow(origin) << ours; };
    row("http://127.0.0.1:8080", true);
    row("http://localhost:8080", true);
    row("https://localhost:8080", true);
    row("http://[::1]:8080", true);
    row("https://pbx.example.com", true);
    row("https://crm.example.com", true);
    row("HTTPS://CRM.EXAMPLE.COM", true);
    row("http://a:99", true);
    row("http://crm.example.com", false);
    row("https://crm.example.com.evil.example", false);
    row("https://evil.example/https://crm.example.com", false);
    row("null", false);
    row("", false);
    row("*", false);
    row("file://", false);
    row("http://localhost", false);
    row("http://localhost:3000", false);
    row("https://evil.example:8080", false);
    row("http://", false);
    row("http://localhost:8080/", false);
    row("chrome-extension://abcdef", false);
}

void AccessPolicyTest::origins()
{
    QFETCH(bool, ours);
    const auto refusal =
        AccessPolicy(settings())
            .refuseSite(requestFor("127.0.0.1:8080", {QTest::currentDataTag()}), local);
    QCOMPARE(!refusal.has_value(), ours);
    if (refusal) {
        QCOMPARE(refusal->status, 403);
    }
}

void AccessPolicyTest::twoOriginsAreNone()
{
    const QByteArray own("http://127.0.0.1:8080");
    QVERIFY(AccessPolicy(settings()).refuseSite(requestFor("127.0.0.1:8080", {own, own}), local));
}

void AccessPolicyTest::tokens_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("queryToken");
    QTest::addColumn<bool>("ours");
    const QByteArray root("/");
    const auto row = [](const char* rule, const char* authorization, const char* target,
                        bool queryToken, bool ours) {
        QTest::newRow(rule) << QByteArray(authorization) << QByteArray(target) << queryToken
                            << ours;
    };
    row("RFC 6750 2.1", "Bearer s3cret", "/", false, true);
    row("RFC 9110 11.1: scheme in any case", "bEARER s3cret", "/", false, true);
    row("blanks around", "Bearer   s3cret", "/", false, true);
    row("missing", "", "/", false, false);
    row("wrong", "Bearer s3creT", "/", false, false);
    row("longer", "Bearer s3cret2", "/", false, false);
    row("shorter", "Bearer s3cre", "/", false, false);
    row("empty", "Bearer ", "/", false, false);
    row("without scheme", "s3cret", "/", false, false);
    row("other scheme", "Basic s3cret", "/", false, false);
    row("in the query, not allowed", "", "/?token=s3cret", false, false);
    row("in the query, allowed", "", "/?token=s3cret", true, true);
    row("in the query, escaped", "", "/?token=s%33cret", true, true);
    row("in the query, wrong", "", "/?token=nope", true, false);
    row("the header counts first", "Bearer nope", "/?token=s3cret", true, false);
}

void AccessPolicyTest::tokens()
{
    QFETCH(QByteArray, authorization);
    QFETCH(QByteArray, target);
    QFETCH(bool, queryToken);
    QFETCH(bool, ours);
    ControlSettings with;
    with.token = "s3cret";
    with.queryToken = queryToken;
    HttpRequest request = requestFor("127.0.0.1:8080");
    request.target = target;
    if (!authorization.isEmpty()) {
        request.fields.append({"authorization", authorization});
    }
    const auto refusal = AccessPolicy(with).refuseToken(request);
    QCOMPARE(!refusal.has_value(), ours);
    if (refusal) {
        QCOMPARE(refusal->status, 401);
        QVERIFY(refusal->extraField.startsWith("WWW-Authenticate: Bearer "));
        QVERIFY(!refusal->toBytes().contains("s3cret"));
    }
    QVERIFY(!AccessPolicy(ControlSettings{}).refuseToken(request));
}

void AccessPolicyTest::beyondThisMachineOnlyWithToken_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<bool>("token");
    QTest::addColumn<bool>("plainOk");
    QTest::addColumn<QString>("key"); // that the error names; empty: allowed
    const auto row = [](const char* rule, const char* address, bool token, bool plainOk,
                        const char* key) {
        QTest::newRow(rule) << QByteArray(address) << token << plainOk << QString::fromLatin1(key);
    };
    row("loopback", "127.0.0.1", false, false, "");
    row("loopback IPv6", "::1", false, false, "");
    row("all, open", "0.0.0.0", false, true, "ws_token_file");
    row("all IPv6, open", "::", false, true, "ws_token_file");
    row("all, with token", "0.0.0.0", true, false, "ws_plain_ok");
    row("private, with token", "192.168.1.2", true, false, "ws_plain_ok");
    row("with both", "192.168.1.2", true, true, "");
}

void AccessPolicyTest::beyondThisMachineOnlyWithToken()
{
    QFETCH(QByteArray, address);
    QFETCH(bool, token);
    QFETCH(bool, plainOk);
    QFETCH(QString, key);
    ControlSettings with;
    with.listen = {{base::IpAddress::loopbackV4(), 1}, {*base::IpAddress::parse(address), 8080}};
    with.token = token ? "secret" : "";
    with.plainOk = plainOk;
    const auto allowed = with.check();
    QCOMPARE(allowed.ok(), key.isEmpty());
    if (!allowed) {
        QVERIFY(allowed.error().text.contains(key));
        QVERIFY(allowed.error().text.contains(QString::fromLatin1(with.listen[1].toString())));
    }
}

void AccessPolicyTest::tokenFile_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("token"); // empty: refused
    QTest::newRow("plain") << QByteArray("abc") << QByteArray("abc");
    QTest::newRow("line end") << QByteArray("abc\n") << QByteArray("abc");
    QTest::newRow("blanks around") << QByteArray("\n  abc \r\n\n") << QByteArray("abc");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("blank") << QByteArray(" \n") << QByteArray();
    QTest::newRow("two") << QByteArray("abc def") << QByteArray();
    QTest::newRow("two lines") << QByteArray("abc\ndef\n") << QByteArray();
    QTest::newRow("not ASCII") << QByteArray("ab\xc3\xa9") << QByteArray();
    QTest::newRow("longest") << QByteArray(4096, 'x') << QByteArray(4096, 'x');
    QTest::newRow("too long") << QByteArray(4097, 'x') << QByteArray();
}

void AccessPolicyTest::tokenFile()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, token);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("token")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    const auto read = readTokenFile(file.fileName());
    QCOMPARE(read.ok(), !token.isEmpty());
    if (read) {
        QCOMPARE(*read, token);
    } else {
        QVERIFY(read.error().text.contains(file.fileName()));
        QVERIFY(read.error().text.contains(QStringLiteral("ws_token_file")));
    }
}

void AccessPolicyTest::tokenFileThatOthersCanRead()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("token")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("abc");
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ReadOther));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("chmod 600")));
    QVERIFY(readTokenFile(file.fileName()).ok());
}

void AccessPolicyTest::missingTokenFileIsNamed()
{
    const auto read = readTokenFile(QStringLiteral("/nonexistent/token"));
    QVERIFY(!read.ok());
    QVERIFY(read.error().text.contains(QStringLiteral("/nonexistent/token")));
}

void AccessPolicyTest::fromSettings()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("token")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("abc\n");
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner));
    model::Settings all;
    all.webSocketListen = {{base::IpAddress::loopbackV4(), 9}};
    all.webSocketTokenFile = file.fileName();
    all.webSocketQueryToken = true;
    all.webSocketPlainOk = true;
    all.webSocketOrigins = {QStringLiteral("https://a")};
    all.legacyRingingEvent = false;
    all.clientsHearOperator = false;
    const auto read = ControlSettings::from(all);
    QVERIFY(read.ok());
    ControlSettings expected;
    expected.listen = all.webSocketListen;
    expected.token = "abc";
    expected.queryToken = expected.plainOk = true;
    expected.origins = all.webSocketOrigins;
    expected.legacyRingingEvent = expected.clientsHearOperator = false;
    QVERIFY(*read == expected);

    all.webSocketTokenFile = folder.filePath(QStringLiteral("missing"));
    QVERIFY(!ControlSettings::from(all).ok());
}

QTEST_GUILESS_MAIN(AccessPolicyTest)
#include "tst_access_policy.moc"
