#include "sip/message/Uri.h"

#include <QTest>

using namespace hs::sip;

class UriEquivalenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equivalent_data();
    void equivalent();
    void isNotTransitive();
};

void UriEquivalenceTest::equivalent_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("equal");
    const auto row = [](const char* rule, const char* a, const char* b, bool equal) {
        QTest::newRow(rule) << QByteArray(a) << QByteArray(b) << equal;
    };
    // The table of RFC 3261 section 19.1.4.
    row("19.1.4 case of host and parameters", "sip:%61lice@atlanta.com;transport=TCP",
        "sip:alice@AtLanTa.CoM;Transport=tcp", true);
    row("19.1.4 extra parameter 1", "sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5",
        true);
    row("19.1.4 extra parameter 2", "sip:carol@chicago.com", "sip:carol@chicago.com;security=on",
        true);
    row("19.1.4 extra parameters differ in name", "sip:carol@chicago.com;newparam=5",
        "sip:carol@chicago.com;security=on", true);
    row("19.1.4 order of parameters",
        "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
        "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com", true);
    row("19.1.4 order of headers", "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
        "sip:alice@atlanta.com?priority=urgent&subject=project%20x", true);
    row("19.1.4 different user names", "SIP:ALICE@AtLanTa.CoM;Transport=udp",
        "sip:alice@AtLanTa.CoM;Transport=UDP", false);
    row("19.1.4 can resolve to different ports", "sip:bob@biloxi.com", "sip:bob@biloxi.com:5060",
        false);
    row("19.1.4 can resolve to different transports", "sip:bob@biloxi.com",
        "sip:bob@biloxi.com;transport=udp", false);
    row("19.1.4 different port and transport", "sip:bob@biloxi.com",
        "sip:bob@biloxi.com:6000;transport=tcp", false);
    row("19.1.4 different header component", "sip:carol@chicago.com",
        "sip:carol@chicago.com?Subject=next%20meeting", false);
    row("19.1.4 even though that is what it resolves to", "sip:bob@phone21.boxesbybob.com",
        "sip:bob@192.0.2.4", false);
    row("19.1.4 not transitive", "sip:carol@chicago.com;security=on",
        "sip:carol@chicago.com;security=off", false);
    // Its rules, one by one.
    row("sip and sips", "sip:a@b", "sips:a@b", false);
    row("case of the scheme", "SIP:a@b", "sip:a@b", true);
    row("user in one only", "sip:b", "sip:a@b", false);
    row("password differs", "sip:a:x@b", "sip:a:y@b", false);
    row("password in one only", "sip:a:@b", "sip:a@b", false);
    row("case of the password", "sip:a:x@b", "sip:a:X@b", false);
    row("escape of a reserved character", "sip:a%3Bb@c", "sip:a;b@c", false);
    row("escape of another", "sip:a%23b@c", "sip:a#b@c", true);
    row("case of an escape", "sip:a%3bb@c", "sip:a%3Bb@c", true);
    row("escaped percent sign", "sip:%2541@c", "sip:A@c", false);
    row("escaped escape", "sip:%2541@c", "sip:%41@c", false);
    row("NUL does not end a name", "sip:a%00b@c", "sip:a%00c@c", false);
    row("user parameter in one only", "sip:1@b", "sip:1@b;user=phone", false);
    row("ttl in one only", "sip:1@b;ttl=1", "sip:1@b", false);
    row("method in one only, even the default", "sip:1@b;method=INVITE", "sip:1@b", false);
    row("maddr in one only", "sip:1@b", "sip:1@b;maddr=192.0.2.1", false);
    row("lr in one only", "sip:1@b", "sip:1@b;lr", true);
    row("parameter in both differs", "sip:1@b;x=1", "sip:1@b;x=2", false);
    row("parameter with and without value", "sip:1@b;x", "sip:1@b;x=1", false);
    row("header value differs", "sip:1@b?x=1", "sip:1@b?x=2", false);
    row("header twice in one", "sip:1@b?x=1&x=1", "sip:1@b?x=1", false);
    row("case of a header name", "sip:1@b?Subject=x", "sip:1@b?subject=x", true);
    row("other schemes, equal", "tel:+1201", "TEL:+1201", true);
    row("other schemes, not equal", "tel:+1201", "tel:+1202", false);
    row("IPv6", "sip:a@[2001:DB8::1]", "sip:a@[2001:db8::1]", true);
}

void UriEquivalenceTest::equivalent()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(bool, equal);
    const std::optional<Uri> first = Uri::parse(a);
    const std::optional<Uri> second = Uri::parse(b);
    QVERIFY(first && second);
    QCOMPARE(first->equivalent(*second), equal);
    QCOMPARE(second->equivalent(*first), equal);
    QVERIFY(first->equivalent(*first));
}

void UriEquivalenceTest::isNotTransitive()
{
    const Uri plain = *Uri::parse("sip:carol@chicago.com");
    const Uri on = *Uri::parse("sip:carol@chicago.com;security=on");
    const Uri off = *Uri::parse("sip:carol@chicago.com;security=off");
    QVERIFY(plain.equivalent(on) && plain.equivalent(off) && !on.equivalent(off));
}

QTEST_GUILESS_MAIN(UriEquivalenceTest)
#include "tst_uri_equivalence.moc"
