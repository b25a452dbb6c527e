#include "sip/message/Uri.h"

#include <QTest>

using namespace hs::sip;

class UriTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parts_data();
    void parts();
    void refused_data();
    void refused();
    void params();
    void otherSchemes_data();
    void otherSchemes();
    void decodesOnce_data();
    void decodesOnce();
    void escapeUser_data();
    void escapeUser();
    void passwords();
    void tripleColon();
};

void UriTest::parts_data()
{
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<int>("params");
    QTest::addColumn<QByteArray>("headers");
    const auto row = [](const char* uri, const char* user, const char* host, int port, int params,
                        const char* headers = "") {
        QTest::newRow(uri) << QByteArray(user) << QByteArray(host) << port << params
                           << QByteArray(headers);
    };
    row("sip:alice@atlanta.com", "alice", "atlanta.com", 0, 0);
    row("sip:atlanta.com", "", "atlanta.com", 0, 0);
    row("sips:alice@atlanta.com?subject=project%20x&priority=urgent", "alice", "atlanta.com", 0, 0,
        "subject=project%20x&priority=urgent");
    row("sip:+1-212-555-1212:1234@gateway.com;user=phone", "+1-212-555-1212", "gateway.com", 0, 1);
    row("sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com", "", "atlanta.com", 0, 1,
        "to=alice%40atlanta.com");
    row("sip:alice;day=tuesday@atlanta.com", "alice;day=tuesday", "atlanta.com", 0, 0);
    row("sip:a?b=c@atlanta.com", "a?b=c", "atlanta.com", 0, 0);
    row("sip:192.0.2.1:5061;lr;transport=tcp", "", "192.0.2.1", 5061, 2);
    row("sip:user@[2001:db8::10]:5070;x", "user", "2001:db8::10", 5070, 1);
    row("sip:[::1]", "", "::1", 0, 0);
    row("sip:[::ffff:192.0.2.10]", "", "::ffff:192.0.2.10", 0, 0);
    row("sip:user;par=u%40example.net@example.com", "user;par=u%40example.net", "example.com", 0,
        0);
    row("sip:*21#@pbx", "*21#", "pbx", 0, 0); // an unescaped '#', as telephones dial it
    row("sip:j\xc3\xb6rg@pbx", "j\xc3\xb6rg", "pbx", 0, 0);
    row("sip:a@my_host.local.", "a", "my_host.local.", 0, 0);
    row("sip:a@b;lr=;x=1=2", "a", "b", 0, 2);
}

void UriTest::parts()
{
    const QByteArray text = QTest::currentDataTag();
    const std::optional<Uri> uri = Uri::parse(text);
    QVERIFY(uri);
    QVERIFY(Uri::isValid(text));
    QTEST(uri->user, "user");
    QTEST(uri->host, "host");
    QTEST(int(uri->port), "port");
    QTEST(int(uri->params.size()), "params");
    QTEST(uri->headers, "headers");
    QCOMPARE(uri->toBytes(), text);
    QCOMPARE(Uri::parse(uri->toBytes()), uri);
}

void UriTest::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* why, const QByteArray& text) { QTest::newRow(why) << text; };
    row("nothing", "");
    row("no scheme", "alice@example.com");
    row("no scheme, colon", ":alice@example.com");
    row("scheme with <", "<sip:alice@example.com>");
    row("scheme begins with a digit", "1sip:a@b");
    row("nothing behind sip:", "sip:");
    row("nothing behind tel:", "tel:");
    row("no host", "sip:alice@");
    row("no user before @", "sip:@example.com");
    row("no user before the password", "sip::secret@example.com");
    row("two @", "sip:a@b@c");
    row("@ in a parameter", "sip:a@b;x=c@d");
    row("blank at the end", "sip:a@b ");
    row("blank in front", " sip:a@b");
    row("blank in the user", "sip:a b@c");
    row("blank before a parameter", "sip:a@b; lr");
    row("tab", "sip:a\tb@c");
    row("line end", "sip:a@b\r\nX: y");
    row("NUL", QByteArray("sip:a\0b@c", 9));
    row("DEL", "sip:a\x7f@c");
    row("quote", "sip:\"a\"@b");
    row("angle bracket", "sip:a@b>");
    row("incomplete escape", "sip:a%4@b");
    row("escape at the end", "sip:a@b;x=%4");
    row("no escape", "sip:a%zz@b");
    row("escape in the host", "sip:a@b%41");
    row("colon without port", "sip:a@b:");
    row("port no number", "sip:a@b:50x");
    row("port too large", "sip:a@b:65536");
    row("port much too large", "sip:a@b:99999999999999999999");
    row("IPv6 without brackets", "sip:2001:db8::10");
    row("IPv6 bracket open", "sip:[2001:db8::10");
    row("IPv6 no address", "sip:[host]");
    row("IPv6 empty", "sip:[]");
    row("IPv6 too long", "sip:[" + QByteArray(200, '1') + "]");
    row("text behind the bracket", "sip:[::1]x");
    row("empty label", "sip:a@b..c");
    row("dot in front", "sip:a@.b");
    row("only a dot", "sip:a@.");
    row("hyphen at a label's end", "sip:a@b-.c");
    row("hyphen at a label's begin", "sip:a@-b");
    row("UTF-8 in the host", "sip:a@b\xc3\xa9");
    row("empty parameter", "sip:a@b;;x");
    row("semicolon at the end", "sip:a@b;");
    row("parameter without name", "sip:a@b;=x");
    row("? without headers", "sip:a@b?");
    row("header without value", "sip:a@b?x");
    row("header without name", "sip:a@b?=x");
    row("empty header", "sip:a@b?x=1&");
}

void UriTest::refused()
{
    QFETCH(QByteArray, text);
    QVERIFY(!Uri::parse(text));
    QVERIFY(!Uri::isValid(text));
}

void UriTest::params()
{
    const std::optional<Uri> uri = Uri::parse("SIP:a@b;Transport=TCP;lr;lr=;%6C%72;n%61me=v%61");
    QVERIFY(uri);
    QCOMPARE(uri->scheme, QByteArray("sip"));
    QCOMPARE(uri->params.find("transport"), QByteArrayView("TCP"));
    QVERIFY(uri->params.has("LR"));
    QCOMPARE(uri->params.find("n%61me"), QByteArrayView("v%61"));
    QCOMPARE(uri->toBytes(), QByteArray("sip:a@b;Transport=TCP;lr;lr=;%6C%72;n%61me=v%61"));
}

void UriTest::otherSchemes_data()
{
    QTest::addColumn<QByteArray>("scheme");
    QTest::addColumn<QByteArray>("opaque");
    QTest::newRow("tel:+1-201-555-0123;phone-context=x")
        << QByteArray("tel") << QByteArray("+1-201-555-0123;phone-context=x");
    QTest::newRow("isbn:2983792873") << QByteArray("isbn") << QByteArray("2983792873");
    QTest::newRow("soap.beep://192.0.2.103:3002")
        << QByteArray("soap.beep") << QByteArray("//192.0.2.103:3002");
    QTest::newRow("name:John_Smith") << QByteArray("name") << QByteArray("John_Smith");
}

void UriTest::otherSchemes()
{
    const std::optional<Uri> uri = Uri::parse(QTest::currentDataTag());
    QVERIFY(uri);
    QVERIFY(!uri->isSip());
    QTEST(uri->scheme, "scheme");
    QTEST(uri->opaque, "opaque");
    QVERIFY(uri->host.isEmpty());
    QCOMPARE(uri->toBytes(), QByteArray(QTest::currentDataTag()));
}

void UriTest::decodesOnce_data()
{
    QTest::addColumn<QByteArray>("decoded");
    QTest::newRow("sips%3Auser%40example.com") << QByteArray("sips:user@example.com"); // esc01
    QTest::newRow("%75se%72") << QByteArray("user");
    QTest::newRow("I%20have%20spaces") << QByteArray("I have spaces");
    QTest::newRow("v%61lue%25%34%31") << QByteArray("value%41");
    QTest::newRow("null-%00-null") << QByteArray("null-\0-null", 11); // escnull
    QTest::newRow("%E9%9B%BB") << QByteArray("\xe9\x9b\xbb");
}

void UriTest::decodesOnce()
{
    const std::optional<Uri> uri =
        Uri::parse(QByteArray("sip:" + QByteArray(QTest::currentDataTag()) + "@h"));
    QVERIFY(uri);
    QCOMPARE(uri->user, QByteArray(QTest::currentDataTag()));
    QTEST(uri->userDecoded(), "decoded");
}

void UriTest::escapeUser_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("escaped");
    QTest::newRow("plain") << QByteArray("+1-212;ext=5?/*") << QByteArray("+1-212;ext=5?/*");
    QTest::newRow("separators") << QByteArray("a@b:c%#<\"> ")
                                << QByteArray("a%40b%3Ac%25%23%3C%22%3E%20");
    QTest::newRow("octets") << QByteArray("\0\r\n\xc3\xa9", 5) << QByteArray("%00%0D%0A%C3%A9");
}

void UriTest::escapeUser()
{
    QFETCH(QByteArray, text);
    QTEST(Uri::escapeUser(text), "escaped");
    const std::optional<Uri> uri = Uri::parse(QByteArray("sip:" + Uri::escapeUser(text) + "@h"));
    QVERIFY(uri);
    QCOMPARE(uri->userDecoded(), text);
}

void UriTest::passwords()
{
    QVERIFY(Uri::parse("sip:a@b")->password.isNull());
    QVERIFY(!Uri::parse("sip:a:@b")->password.isNull());
    QCOMPARE(Uri::parse("sip:a:b:c@d")->password, QByteArray("b:c"));
    QCOMPARE(Uri::parse("sip:a:@b")->toBytes(), QByteArray("sip:a:@b"));
}

void UriTest::tripleColon()
{
    // RFC 5118 section 4.10: the grammar lets it pass by mistake; it is read and not passed on.
    const std::optional<Uri> uri = Uri::parse("sip:user@[2001:db8:::192.0.2.1]");
    QVERIFY(uri);
    QCOMPARE(uri->toBytes(), QByteArray("sip:user@[2001:db8::192.0.2.1]"));
}

QTEST_GUILESS_MAIN(UriTest)
#include "tst_uri.moc"
