#include "sip/message/Headers.h"

#include <QTest>

using namespace hs::sip;

class HeadersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void names_data();
    void names();
    void everyNameIsFound();
    void addAndFind();
    void setAndRemove();
    void unknownNames();
    void values_data();
    void values();
};

void HeadersTest::names_data()
{
    QTest::addColumn<QByteArray>("longName");
    // The compact forms of the IANA registry.
    const auto row = [](const char* compact, const char* name) {
        QTest::newRow(compact) << QByteArray(name);
    };
    row("a", "Accept-Contact");
    row("b", "Referred-By");
    row("c", "Content-Type");
    row("d", "Request-Disposition");
    row("e", "Content-Encoding");
    row("f", "From");
    row("i", "Call-ID");
    row("j", "Reject-Contact");
    row("k", "Supported");
    row("l", "Content-Length");
    row("m", "Contact");
    row("n", "Identity-Info");
    row("o", "Event");
    row("r", "Refer-To");
    row("s", "Subject");
    row("t", "To");
    row("u", "Allow-Events");
    row("v", "Via");
    row("x", "Session-Expires");
    row("y", "Identity");
    row("V", "Via");
    row("vIA", "Via");
    row("cSEQ", "CSeq");
    row("www-authenticate", "WWW-Authenticate");
    row("call-id", "Call-ID");
    // Not ours: kept as they are.
    row("z", "");
    row("", "");
    row("Vi", "");
    row("Via ", "");
    row("C%6Fntact", "");
    row("X-A-Very-Long-Name-That-Nobody-Knows-Of-At-All", "");
}

void HeadersTest::names()
{
    const QByteArray name = QTest::currentDataTag();
    QFETCH(QByteArray, longName);
    QCOMPARE(headerName(headerId(name)), longName);
    QCOMPARE(headerId(name) == HeaderId::Other, longName.isEmpty());
    Headers headers;
    headers.add(name, "x");
    QCOMPARE(headers.begin()->name, longName.isEmpty() ? name : longName);
    QVERIFY(headers.has(name) && headers.has(name.toUpper()));
}

void HeadersTest::everyNameIsFound()
{
    for (int i = 0; i < static_cast<int>(HeaderId::Other); ++i) {
        const auto id = static_cast<HeaderId>(i);
        QCOMPARE(headerId(headerName(id)), id);
        QCOMPARE(headerId(headerName(id).toUpper()), id);
    }
}

void HeadersTest::addAndFind()
{
    Headers headers;
    headers.add("v", "1");
    headers.add("Subject", "s");
    headers.add("VIA", "2");
    headers.prepend("Via", "0");
    QCOMPARE(headers.count("via"), 3);
    QCOMPARE(headers.all("V"), (QList<QByteArrayView>{"0", "1", "2"}));
    QCOMPARE(headers.first("s"), QByteArrayView("s"));
    QCOMPARE(headers.first("To"), std::nullopt);
    QCOMPARE(headers.size(), 4);
    // There, with nothing in it, is not the same as absent.
    headers.add("Supported", {});
    QVERIFY(headers.has("k"));
    QVERIFY(headers.first("Supported")->isEmpty());
}

void HeadersTest::setAndRemove()
{
    Headers headers;
    for (const char* name : {"A1", "Contact", "B1", "m", "CONTACT", "C1"}) {
        headers.add(name, name);
    }
    headers.set("contact", "x");
    QByteArrayList names;
    for (const Header& header : headers) {
        names.append(header.name);
    }
    QCOMPARE(names, (QByteArrayList{"A1", "Contact", "B1", "C1"}));
    QCOMPARE(headers.all(HeaderId::Contact), QList<QByteArrayView>{"x"});
    headers.set("New", "y");
    QCOMPARE(headers.size(), 5);
    headers.setFirst(HeaderId::Via, "v");
    QCOMPARE(headers.begin()->name, QByteArray("Via"));
    headers.remove("M");
    headers.remove("nothing");
    QCOMPARE(headers.size(), 5);
    QVERIFY(!headers.has(HeaderId::Contact));
}

void HeadersTest::unknownNames()
{
    Headers headers;
    headers.add("X-Foo", "1");
    headers.add("X-Bar", "2");
    headers.add("x-foo", "3");
    QCOMPARE(headers.all("X-FOO"), (QList<QByteArrayView>{"1", "3"}));
    headers.set("X-fOO", "4");
    QCOMPARE(headers.count("x-foo"), 1);
    QCOMPARE(headers.first("x-bar"), QByteArrayView("2"));
    headers.remove("X-BAR");
    QCOMPARE(headers.size(), 1);
}

void HeadersTest::values_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<QByteArrayList>("elements");
    using L = QByteArrayList;
    QTest::newRow("7.3.1 lines and commas are the same")
        << QByteArray("Supported") << L{"a, b", "c"} << L{"a", "b", "c"};
    QTest::newRow("empty elements are left out")
        << QByteArray("Supported") << L{"", ",a,,", " "} << L{"a"};
    QTest::newRow("addresses") << QByteArray("Contact")
                               << L{"\"a, b\" <sip:a,b@c>;x=\",\", sip:d(e@f, sip:g)h@i"}
                               << L{"\"a, b\" <sip:a,b@c>;x=\",\"", "sip:d(e@f", "sip:g)h@i"};
    QTest::newRow("comments") << QByteArray("Warning") << L{"a (b, c), d"} << L{"a (b, c)", "d"};
    QTest::newRow("unknown name") << QByteArray("X-List") << L{"a,b"} << L{"a", "b"};
    QTest::newRow("absent") << QByteArray("Allow") << L{} << L{};
}

void HeadersTest::values()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArrayList, lines);
    Headers headers;
    for (const QByteArray& line : lines) {
        headers.add(name, line);
        headers.add("Subject", "no, list");
    }
    QByteArrayList elements;
    for (const QByteArrayView element : headers.values(name)) {
        elements.append(element.toByteArray());
    }
    QTEST(elements, "elements");
}

QTEST_GUILESS_MAIN(HeadersTest)
#include "tst_headers.moc"
