#include "sip/message/CSeq.h"
#include "sip/message/ListSplitter.h"
#include "sip/message/Method.h"
#include "sip/message/Params.h"
#include "sip/message/StatusCode.h"

#include <QTest>

using namespace hs::sip;

class GrammarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void splitList_data();
    void splitList();
    void splitListRest();
    void params_data();
    void params();
    void paramsSet();
    void quotedStrings_data();
    void quotedStrings();
    void parameterizedValue();
    void cseq_data();
    void cseq();
    void methods();
    void reasonPhrases_data();
    void reasonPhrases();
};

void GrammarTest::splitList_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("comments");
    QTest::addColumn<QByteArrayList>("elements");
    using L = QByteArrayList;
    QTest::newRow("one") << QByteArray("a") << false << L{"a"};
    QTest::newRow("7.3.1 blanks around") << QByteArray(" a , b\t,c ") << false << L{"a", "b", "c"};
    QTest::newRow("empty text is one empty element") << QByteArray() << false << L{""};
    QTest::newRow("empty elements") << QByteArray(",a,,") << false << L{"", "a", "", ""};
    QTest::newRow("quotes") << QByteArray("\"a,\\\",b\",c") << false << L{"\"a,\\\",b\"", "c"};
    QTest::newRow("open quote") << QByteArray("a,\"b,c") << false << L{"a", "\"b,c"};
    QTest::newRow("open quote, backslash at the end")
        << QByteArray("a,\"b,\\") << false << L{"a", "\"b,\\"};
    QTest::newRow("brackets") << QByteArray("<sip:a,b@c>,d") << false << L{"<sip:a,b@c>", "d"};
    QTest::newRow("open bracket") << QByteArray("<a,b") << false << L{"<a,b"};
    QTest::newRow("quote in brackets") << QByteArray("<a\">,b") << false << L{"<a\">", "b"};
    QTest::newRow("comment") << QByteArray("a (x, y), b") << true << L{"a (x, y)", "b"};
    QTest::newRow("comments nest")
        << QByteArray("a (x, (y,) z), b") << true << L{"a (x, (y,) z)", "b"};
    QTest::newRow("quoted-pair in a comment")
        << QByteArray("a (\\),), b") << true << L{"a (\\),)", "b"};
    QTest::newRow("comments not asked for")
        << QByteArray("sip:a(b@c,d)") << false << L{"sip:a(b@c", "d)"};
    QTest::newRow("comment that never closes") << QByteArray("a (b, c") << true << L{"a (b", "c"};
    QTest::newRow("comment that never opens") << QByteArray("a), (b") << true << L{"a)", "(b"};
}

void GrammarTest::splitList()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, comments);
    ListSplitter splitter(
        text, comments ? ListSplitter::Comments::Respected : ListSplitter::Comments::None);
    QByteArrayList elements;
    for (QByteArrayView element; splitter.next(element);) {
        elements.append(element.toByteArray());
    }
    QTEST(elements, "elements");
}

void GrammarTest::splitListRest()
{
    ListSplitter splitter("a, b, c");
    QByteArrayView element;
    QVERIFY(splitter.next(element));
    QCOMPARE(splitter.rest(), QByteArrayView(" b, c"));
    QVERIFY(splitter.next(element));
    QVERIFY(splitter.next(element));
    QCOMPARE(splitter.rest(), QByteArrayView());
    QVERIFY(!splitter.next(element));
}

void GrammarTest::params_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("printed"); // null: malformed
    QTest::newRow("none") << QByteArray() << QByteArray("");
    QTest::newRow("blank") << QByteArray("  ") << QByteArray("");
    QTest::newRow("value and none") << QByteArray(";a=1;b") << QByteArray(";a=1;b");
    QTest::newRow("SWS everywhere") << QByteArray(" ; a = 1 ;\tb ") << QByteArray(";a=1;b");
    QTest::newRow("quoted string") << QByteArray(";a=\"x;\\\"y\"") << QByteArray(";a=\"x;\\\"y\"");
    QTest::newRow("IPv6 host") << QByteArray(";a=[2001:db8::1]") << QByteArray(";a=[2001:db8::1]");
    QTest::newRow("base64 without quotes")
        << QByteArray(";tag=ab+/c==") << QByteArray(";tag=ab+/c==");
    QTest::newRow("empty parameter") << QByteArray(";a;;b") << QByteArray();
    QTest::newRow("only a semicolon") << QByteArray(";") << QByteArray();
    QTest::newRow("semicolon at the end") << QByteArray(";a=1;") << QByteArray();
    QTest::newRow("no semicolon") << QByteArray("a=1") << QByteArray();
    QTest::newRow("no name") << QByteArray(";=1") << QByteArray();
    QTest::newRow("no value") << QByteArray(";a=") << QByteArray();
    QTest::newRow("blank in a value") << QByteArray(";a=1 2") << QByteArray();
    QTest::newRow("open quote") << QByteArray(";a=\"x") << QByteArray();
    QTest::newRow("text behind the quotes") << QByteArray(";a=\"x\"y") << QByteArray();
    QTest::newRow("name no token") << QByteArray(";a@b=1") << QByteArray();
    QTest::newRow("NUL in a value") << QByteArray(";a=x\0y", 6) << QByteArray();
    QTest::newRow("comma") << QByteArray(";a=1,b") << QByteArray();
}

void GrammarTest::params()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, printed);
    const std::optional<Params> parsed = Params::parse(text);
    QCOMPARE(parsed.has_value(), !printed.isNull());
    if (parsed) {
        QByteArray out;
        parsed->appendTo(out);
        QCOMPARE(out, printed);
    }
}

void GrammarTest::paramsSet()
{
    Params params = *Params::parse(";Tag=1;lr;q=\"a\\\"b\";tag=2");
    QCOMPARE(params.find("TAG"), QByteArrayView("1"));
    QCOMPARE(params.find("lr"), QByteArrayView());
    QVERIFY(params.has("LR"));
    QVERIFY(!params.has("l"));
    QCOMPARE(params.unquoted("q"), QByteArray("a\"b"));
    QCOMPARE(params.find("q"), QByteArrayView("\"a\\\"b\""));
    params.set("tag", "3");
    params.set("rport");
    params.remove("LR");
    QByteArray out;
    params.appendTo(out);
    QCOMPARE(out, QByteArray(";tag=3;q=\"a\\\"b\";tag=2;rport"));
    // A value can't bring parameters, addresses or lines of its own.
    for (const QByteArray value : {"a;b=c", "a,b", "a b", "<x>", "", "\"a\";b", "a\r\nX: y"}) {
        params.set("q", value);
        out.clear();
        params.appendTo(out);
        const std::optional<Params> again = Params::parse(out);
        QVERIFY(again);
        QCOMPARE(again->size(), params.size());
        QCOMPARE(again->unquoted("q"), QByteArray(value).replace('\r', ' ').replace('\n', ' '));
    }
}

void GrammarTest::quotedStrings_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << QByteArray("a b") << QByteArray("\"a b\"");
    QTest::newRow("empty") << QByteArray() << QByteArray("\"\"");
    QTest::newRow("quote, backslash") << QByteArray("a\"b\\") << QByteArray("\"a\\\"b\\\\\"");
    QTest::newRow("controls") << QByteArray("\a\0\x7f", 3) << QByteArray("\"\\\a\\\0\\\x7f\"", 8);
    QTest::newRow("UTF-8") << QByteArray("\xc3\xa9") << QByteArray("\"\xc3\xa9\"");
}

void GrammarTest::quotedStrings()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, text);
    QCOMPARE(grammar::quoted(content), text);
    QCOMPARE(grammar::unquoted(text), content);
    QCOMPARE(grammar::skipQuotedString(text, 0), text.size());
}

void GrammarTest::parameterizedValue()
{
    const auto event = ParameterizedValue::parse(" refer ; id=93809824 ");
    QVERIFY(event);
    QCOMPARE(event->value, QByteArray("refer"));
    QCOMPARE(event->toBytes(), QByteArray("refer;id=93809824"));
    QVERIFY(!ParameterizedValue::parse(";id=1"));
    QVERIFY(!ParameterizedValue::parse("refer;;"));
}

void GrammarTest::cseq_data()
{
    QTest::addColumn<QByteArray>("printed"); // null: malformed
    QTest::newRow("4711 INVITE") << QByteArray("4711 INVITE");
    QTest::newRow("0009 \t INVITE ") << QByteArray("9 INVITE");
    QTest::newRow("4294967295 X") << QByteArray("4294967295 X");
    QTest::newRow("4294967296 X") << QByteArray();
    QTest::newRow("36893488147419103232 X") << QByteArray();
    QTest::newRow("-1 X") << QByteArray();
    QTest::newRow("+1 X") << QByteArray();
    QTest::newRow("1") << QByteArray();
    QTest::newRow("1 ") << QByteArray();
    QTest::newRow("INVITE") << QByteArray();
    QTest::newRow("1INVITE") << QByteArray();
    QTest::newRow("1 IN VITE") << QByteArray();
    QTest::newRow("1 IN@VITE") << QByteArray();
    QTest::newRow("") << QByteArray();
}

void GrammarTest::cseq()
{
    QFETCH(QByteArray, printed);
    const std::optional<CSeq> parsed = CSeq::parse(QTest::currentDataTag());
    QCOMPARE(parsed ? parsed->toBytes() : QByteArray(), printed);
}

void GrammarTest::methods()
{
    for (int i = 0; i < static_cast<int>(Method::Other); ++i) {
        const auto method = static_cast<Method>(i);
        QVERIFY(!methodName(method).isEmpty());
        QCOMPARE(methodFromName(methodName(method)), method);
    }
    QCOMPARE(methodFromName("invite"), Method::Other); // section 7.1
    QCOMPARE(methodFromName(""), Method::Other);
    QCOMPARE(methodName(Method::Other), QByteArrayView());
}

void GrammarTest::reasonPhrases_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("phrase");
    QTest::newRow("first") << 100 << QByteArray("Trying");
    QTest::newRow("481") << 481 << QByteArray("Call/Transaction Does Not Exist");
    QTest::newRow("last") << 608 << QByteArray("Rejected");
    QTest::newRow("8.1.3.2 unknown: x00") << 431 << QByteArray("Bad Request");
    QTest::newRow("too small") << 99 << QByteArray();
    QTest::newRow("too large") << 700 << QByteArray();
    QTest::newRow("negative") << -100 << QByteArray();
}

void GrammarTest::reasonPhrases()
{
    QFETCH(int, code);
    QTEST(reasonPhrase(code), "phrase");
}

QTEST_GUILESS_MAIN(GrammarTest)
#include "tst_grammar.moc"
