#include "control/TextProtocol.h"

#include <QTest>

using namespace hs::control;
using namespace hs::control::text;

Q_DECLARE_METATYPE(hs::control::text::Command)

class TextProtocolTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void commands_data();
    void commands();
    void rubbish_data();
    void rubbish();
    void errorsCannotForgeLines();
    void events();
    void reasonsAreCut();
    void audioForms();
    void audioEvents();
};

namespace {
const std::vector<std::int16_t> two{1, -1}; // 0100ffff
} // namespace

void TextProtocolTest::commands_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<Command>("command");
    const auto row = [](const char* message, const Command& command) {
        QTest::newRow(message) << QString::fromUtf8(message) << command;
    };
    const auto id = [](const char* text) { return QString::fromUtf8(text); };
    row("CALL:0912341234", Dial{id("0912341234")});
    row("CALL:+886 2-2345.(67)", Dial{id("+886 2-2345.(67)")});
    row("CALL:*31#0912", Dial{id("*31#0912")});
    row("CALL:1##2", Dial{id("1##2")});
    row("CALL:sip:bob@192.0.2.1:5070;x=1", Dial{id("sip:bob@192.0.2.1:5070;x=1")});
    row("CALL:SIP:bob@example.com", Dial{id("SIP:bob@example.com")});
    row("CALL_ANS:abc@host", AnswerCall{id("abc@host")});
    row("CALL_ANS:a:b:c", AnswerCall{id("a:b:c")}); // the first ':' splits
    row("CALL_ANS: a ", AnswerCall{id(" a ")}); // nothing is trimmed
    row("RING_ANS:0912", AnswerNumber{id("0912")});
    row("RING_ANS:*1##2", AnswerNumber{id("*1##2")});
    row("RING_ANS:\xe7\x8e\x8b", AnswerNumber{id("\xe7\x8e\x8b")});
    row("CALL_IGNORE:x", Ignore{id("x")});
    row("RING_IGNORE:x", Ignore{id("x")});
    row("HANGUP:x", HangUp{id("x")});
    row("BYE:x~2", HangUp{id("x~2")});
    row("BYE", HangUp{});
    row("RTP:x##AQD//w==", Play{id("x"), two});
    row("RTP:x##AQD//w", Play{id("x"), two});
    row("RTP:a:b##AQD//w==", Play{id("a:b"), two});
    row("RTP:a##b##AQD//w==", Play{id("a##b"), two}); // the last '##' splits
    row("RTP:##AQD//w==", Play{id(""), two});
    row("RTP:x##", Play{id("x"), {}});
    row("RTP:0100ffff", Play{std::nullopt, two});
    row("RTP:0100FFFF", Play{std::nullopt, two});
    row("RTP:AQD//w==", Play{std::nullopt, two});
    row("RTP:010", Play{std::nullopt, {0x5dd3}}); // odd: not hex, so base64
    row("RTP:", Play{std::nullopt, {}});
}

void TextProtocolTest::commands()
{
    QFETCH(QString, message);
    QFETCH(Command, command);
    const auto parsed = parse(message);
    QVERIFY2(parsed.ok(), parsed ? "" : qPrintable(parsed.error().text));
    QVERIFY(*parsed == command);
}

void TextProtocolTest::rubbish_data()
{
    QTest::addColumn<QString>("message");
    const auto row = [](const char* message) {
        QTest::newRow(message) << QString::fromUtf8(message);
    };
    row("");
    row(":");
    row(":x");
    row("FOO");
    row("FOO:x");
    row("call:0912"); // names are upper-case
    row("Call:0912");
    row(" CALL:0912");
    row("CALL :0912");
    row("CALL");
    row("CALL:");
    row("CALL:hello");
    row("CALL:+");
    row("CALL: ");
    row("CALL:12\n34");
    row("CALL:12\x01");
    row("CALL:1;rm");
    row("CALL:sip:");
    row("CALL:sip:bob@host\r\nVia: x");
    row("CALL_ANS");
    row("CALL_ANS:");
    row("RING_ANS:");
    row("CALL_IGNORE:");
    row("RING_IGNORE");
    row("HANGUP");
    row("HANGUP:");
    row("BYE:");
    row("BYE ");
    row("BYE\n");
    row("RTP");
    row("RTP:x##!!!!");
    row("RTP:x##AQ=="); // one byte
    row("RTP:x##AQD/"); // three
    row("RTP:x##0100"); // behind an id it is base64, whatever it looks like: three bytes
    row("RTP:01001"); // neither hex nor base64
    row("RTP:01"); // one byte in hex
    row("RTP:0100ff");
    row("RTP:zz zz");
    row("RTP:x#AQD//w==");
    row("DIALING:1##x"); // events are no commands
    row("CALL_FAILED:486 Busy");
    row("ERROR:x");
    QTest::newRow("a long number") << QString(u"CALL:" + QString(300, u'1'));
    QTest::newRow("a long name") << QString(100000, u'A');
    QTest::newRow("NUL") << QString(QStringLiteral("CALL:1") + QChar(0));
}

void TextProtocolTest::rubbish()
{
    QFETCH(QString, message);
    const auto parsed = parse(message);
    QVERIFY(!parsed.ok());
    QVERIFY(!parsed.error().text.isEmpty());
    QVERIFY(parsed.error().text.size() < 250);
}

void TextProtocolTest::errorsCannotForgeLines()
{
    const auto parsed = parse(QStringLiteral("FO\nO\x1b[31m:x"));
    QVERIFY(!parsed.ok());
    QVERIFY(!parsed.error().text.contains(u'\n'));
    QVERIFY(!parsed.error().text.contains(QChar(0x1b)));
}

void TextProtocolTest::events()
{
    const QString id = QStringLiteral("a:b@c");
    QCOMPARE(ringing(QStringLiteral("1#2"), id), QStringLiteral("RING_ANS:1#2##a:b@c"));
    QCOMPARE(dialing(QStringLiteral("1#2"), id), QStringLiteral("DIALING:1#2##a:b@c"));
    QCOMPARE(answered(id), QStringLiteral("CALL_ANS:a:b@c"));
    QCOMPARE(callIgnored(id), QStringLiteral("CALL_IGNORE:a:b@c"));
    QCOMPARE(ringIgnored(id), QStringLiteral("RING_IGNORE:a:b@c"));
    QCOMPARE(callFailed(486, QStringLiteral("Busy Here")),
             QStringLiteral("CALL_FAILED:486 Busy Here"));
    QCOMPARE(ended(id), QStringLiteral("BYE:a:b@c"));
    QCOMPARE(text::error(QStringLiteral("why")), QStringLiteral("ERROR:why"));
}

void TextProtocolTest::reasonsAreCut()
{
    const QString event = callFailed(500, QString(100000, u'x') + u'\n');
    QVERIFY(event.size() < 300);
    QVERIFY(!callFailed(500, QStringLiteral("a\r\nb")).contains(u'\n'));
}

void TextProtocolTest::audioForms()
{
    QVERIFY(audioFormFromWord("hex") == AudioForm::Hex);
    QVERIFY(audioFormFromWord("pt_hex") == AudioForm::PayloadTypeHex);
    QVERIFY(audioFormFromWord("base64") == AudioForm::Base64);
    QVERIFY(audioFormFromWord("off") == AudioForm::Off);
    QVERIFY(!audioFormFromWord("HEX"));
    QVERIFY(!audioFormFromWord(""));
    QVERIFY(!audioFormFromWord("hex "));
}

void TextProtocolTest::audioEvents()
{
    const std::array<std::byte, 3> payload{std::byte(0xd5), std::byte(0x00), std::byte(0x7f)};
    QCOMPARE(audioHex(payload), QStringLiteral("RTP:d5007f"));
    QCOMPARE(audioPayloadTypeHex(8, payload), QStringLiteral("RTP:8##d5007f"));
    QCOMPARE(audioPayloadTypeHex(0, payload), QStringLiteral("RTP:0##d5007f"));
    QCOMPARE(audioBase64(QStringLiteral("a:b"), std::as_bytes(std::span(two))),
             QStringLiteral("RTP:a:b##AQD//w=="));
}

QTEST_GUILESS_MAIN(TextProtocolTest)
#include "tst_text_protocol.moc"
