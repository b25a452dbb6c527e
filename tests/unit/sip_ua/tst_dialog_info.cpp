// Documents of RFC 4235 as notifiers write them, and what may not do us harm.
#include "base/Random.h"
#include "sip/ua/DialogInfo.h"

#include <QElapsedTimer>
#include <QTest>

using namespace hs::sip;
using State = DialogInfo::State;
using Direction = DialogInfo::Direction;

class DialogInfoTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void exampleOfTheRfc();
    void asAsteriskWritesIt();
    void undeclaredPrefixes();
    void states_data();
    void states();
    void withoutDialogs();
    void refusals_data();
    void refusals();
    void entitiesAreNotExpanded();
    void dialogsAndTextsAreBounded();
    void damagedDocumentsAreHarmless();
    void hostileDocumentsTakeNoTime_data();
    void hostileDocumentsTakeNoTime();
};

namespace {
QByteArray document(const QByteArray& dialogs, const QByteArray& attributes = "state=\"full\"")
{
    return "<?xml version=\"1.0\"?>\n<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" "
           "version=\"1\" entity=\"sip:bob@example.com\" "
        + attributes + ">\n" + dialogs + "</dialog-info>\n";
}
} // namespace

void DialogInfoTest::exampleOfTheRfc()
{
    // RFC 4235 section 6.2.
    const auto info = DialogInfo::parse(R"(<?xml version="1.0"?>
<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="3" state="partial"
             entity="sip:alice@example.com">
  <dialog id="as7d900as8" call-id="a84b4c76e66710" local-tag="1928301774"
          remote-tag="456887766" direction="recipient">
    <state event="remote-bye">early</state>
    <duration>274</duration>
    <local><target uri="sip:alice@pc33.example.com">
      <param pname="+sip.rendering" pval="yes"/></target></local>
    <remote><identity display="Bob &amp; Co">sip:bob@example.com</identity>
      <target uri="sip:bobster@phone21.example.com"/></remote>
  </dialog>
</dialog-info>)");
    QVERIFY(info.ok());
    QCOMPARE(info->version, 3U);
    QVERIFY(!info->isFull);
    QCOMPARE(info->entity, QByteArray("sip:alice@example.com"));
    QCOMPARE(info->dialogs.size(), 1);
    const DialogInfo::Dialog& dialog = info->dialogs.first();
    QCOMPARE(dialog.id, QByteArray("as7d900as8"));
    QCOMPARE(dialog.callId, QByteArray("a84b4c76e66710"));
    QCOMPARE(dialog.localTag, QByteArray("1928301774"));
    QCOMPARE(dialog.remoteTag, QByteArray("456887766"));
    QVERIFY(dialog.direction == Direction::Recipient);
    QVERIFY(dialog.state == State::Early);
    QCOMPARE(dialog.remoteName, QStringLiteral("Bob & Co"));
    QCOMPARE(dialog.remoteIdentity, QByteArray("sip:bob@example.com"));
    QCOMPARE(dialog.remoteTarget, QByteArray("sip:bobster@phone21.example.com"));
    QVERIFY(dialog.isRinging());
}

void DialogInfoTest::asAsteriskWritesIt()
{
    const auto info =
        DialogInfo::parse("<?xml version=\"1.0\"?>\n"
                          "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"0\" "
                          "state=\"full\" entity=\"sip:101@pbx\">\n<dialog id=\"101\">\n"
                          "<state>confirmed</state>\n</dialog>\n</dialog-info>\n");
    QVERIFY(info.ok() && info->isFull);
    QCOMPARE(info->dialogs.size(), 1);
    QVERIFY(info->dialogs.first().state == State::Confirmed);
    QVERIFY(info->dialogs.first().direction == Direction::Unknown);
    QVERIFY(info->dialogs.first().callId.isEmpty());
}

void DialogInfoTest::undeclaredPrefixes()
{
    const auto info = DialogInfo::parse(
        "<d:dialog-info version=\"7\" state=\"full\" entity=\"x\"><d:dialog id=\"1\" "
        "direction=\"initiator\"><sa:appearance>2</sa:appearance><d:state> EARLY </d:state>"
        "</d:dialog></d:dialog-info>");
    QVERIFY(info.ok());
    QCOMPARE(info->dialogs.size(), 1);
    QVERIFY(info->dialogs.first().state == State::Early);
    QVERIFY(!info->dialogs.first().isRinging()); // it is dialling
}

void DialogInfoTest::states_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("state"); // -1: the dialog is passed over
    QTest::newRow("trying") << QByteArray("<state>trying</state>") << int(State::Trying);
    QTest::newRow("proceeding") << QByteArray("<state>proceeding</state>")
                                << int(State::Proceeding);
    QTest::newRow("early") << QByteArray("<state>early</state>") << int(State::Early);
    QTest::newRow("confirmed") << QByteArray("<state code=\"200\">confirmed</state>")
                               << int(State::Confirmed);
    QTest::newRow("terminated") << QByteArray("<state event=\"timeout\">terminated</state>")
                                << int(State::Terminated);
    QTest::newRow("unknown") << QByteArray("<state>parked</state>") << -1;
    QTest::newRow("empty") << QByteArray("<state/>") << -1;
    QTest::newRow("none") << QByteArray() << -1;
}

void DialogInfoTest::states()
{
    QFETCH(QByteArray, text);
    QFETCH(int, state);
    const auto info = DialogInfo::parse(document("<dialog id=\"a\">" + text + "</dialog>"));
    QVERIFY(info.ok());
    QCOMPARE(info->dialogs.isEmpty() ? -1 : int(info->dialogs.first().state), state);
}

void DialogInfoTest::withoutDialogs()
{
    for (const QByteArray& text :
         {document({}), QByteArray("<dialog-info/>"), document("<note>x</note>")}) {
        const auto info = DialogInfo::parse(text);
        QVERIFY(info.ok());
        QVERIFY(info->isFull);
        QVERIFY(info->dialogs.isEmpty());
    }
}

void DialogInfoTest::refusals_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("says");
    const QByteArray one = document("<dialog id=\"a\"><state>early</state></dialog>");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("line 1");
    QTest::newRow("no XML") << QByteArray("Messages-Waiting: yes") << QStringLiteral("line 1");
    QTest::newRow("another document")
        << QByteArray("<presence/>") << QStringLiteral("no dialog-info");
    QTest::newRow("cut off") << one.first(one.size() - 20) << QStringLiteral("line ");
    QTest::newRow("two roots") << document({}) + "<x/>" << QStringLiteral("line ");
    QTest::newRow("document type")
        << QByteArray("<!DOCTYPE dialog-info><dialog-info/>") << QStringLiteral("document type");
    QTest::newRow("external entity")
        << QByteArray("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                      "<dialog-info><dialog id=\"1\"><state>&e;</state></dialog></dialog-info>")
        << QStringLiteral("document type");
    QTest::newRow("unknown entity")
        << document("<dialog id=\"a\"><state>&bomb;</state></dialog>") << QStringLiteral("line ");
    QTest::newRow("over 64 KiB") << document(QByteArray(65 * 1024, ' '))
                                 << QStringLiteral("64 KiB");
    QTest::newRow("deep") << document(QByteArray("<a>").repeated(50)
                                      + QByteArray("</a>").repeated(50))
                          << QStringLiteral("too deep");
    QTest::newRow("octets") << QByteArray("<dialog-info>\xff\xfe\x00</dialog-info>", 30)
                            << QStringLiteral("line ");
}

void DialogInfoTest::refusals()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, says);
    const auto info = DialogInfo::parse(body);
    QVERIFY(!info.ok());
    QVERIFY2(info.error().text.contains(says), qPrintable(info.error().text));
    QVERIFY(info.error().text.size() < 300);
}

void DialogInfoTest::entitiesAreNotExpanded()
{
    QByteArray bomb = "<!DOCTYPE x [<!ENTITY a0 \"lol\">";
    for (int i = 1; i < 30; ++i) {
        const QByteArray before = "&a" + QByteArray::number(i - 1) + ';';
        bomb += "<!ENTITY a" + QByteArray::number(i) + " \"" + before.repeated(10) + "\">";
    }
    bomb += "]><dialog-info><dialog id=\"&a29;\"/></dialog-info>";
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!DialogInfo::parse(bomb).ok());
    QVERIFY(timer.elapsed() < 500);
}

void DialogInfoTest::dialogsAndTextsAreBounded()
{
    QByteArray many;
    for (int i = 0; i < 500; ++i) {
        many += "<dialog id=\"" + QByteArray::number(i) + "\"><state>early</state></dialog>";
    }
    QCOMPARE(DialogInfo::parse(document(many))->dialogs.size(), 64);
    const QByteArray longText(20'000, 'y');
    const auto info = DialogInfo::parse(
        document("<dialog id=\"1\"><state>early</state><remote><identity display=\"" + longText
                 + "\">" + longText + "</identity></remote></dialog>"));
    QCOMPARE(info->dialogs.first().remoteName.size(), 512);
    QCOMPARE(info->dialogs.first().remoteIdentity.size(), 512);
}

void DialogInfoTest::damagedDocumentsAreHarmless()
{
    const QByteArray whole =
        document("<dialog id=\"a\" call-id=\"c\" local-tag=\"l\" remote-tag=\"r\" "
                 "direction=\"recipient\"><state>early</state><remote><identity display=\"B\">"
                 "sip:b@x</identity><target uri=\"sip:b@y\"/></remote></dialog>");
    hs::base::Random random(5);
    int readable = 0;
    for (int i = 0; i < 5000; ++i) {
        QByteArray bytes = whole.first(qsizetype(random.below(4)) == 0
                                           ? qsizetype(random.below(std::uint32_t(whole.size())))
                                           : whole.size());
        for (std::uint32_t flips = random.below(4); flips > 0 && !bytes.isEmpty(); --flips) {
            bytes[qsizetype(random.below(std::uint32_t(bytes.size())))] =
                static_cast<char>(random.u32());
        }
        const auto info = DialogInfo::parse(bytes);
        readable += info.ok() ? 1 : 0;
        QVERIFY(info.ok() ? info->dialogs.size() <= 2 : !info.error().text.isEmpty());
    }
    QVERIFY(readable > 500 && readable < 5000);
}

void DialogInfoTest::hostileDocumentsTakeNoTime_data()
{
    QTest::addColumn<QByteArray>("body");
    QByteArray attributes;
    for (int i = 0; attributes.size() < 60'000; ++i) {
        attributes += " a" + QByteArray::number(i) + "=\"\"";
    }
    QTest::newRow("attributes") << document("<dialog" + attributes + "/>");
    QTest::newRow("elements") << document(QByteArray("<dialog/>").repeated(6'000));
    QTest::newRow("character references") << document(QByteArray("&#x41;").repeated(10'000));
    QTest::newRow("comments") << document(QByteArray("<!---->").repeated(8'000));
}

void DialogInfoTest::hostileDocumentsTakeNoTime()
{
    QFETCH(QByteArray, body);
    QVERIFY(body.size() < 65'536);
    QElapsedTimer timer;
    timer.start();
    (void)DialogInfo::parse(body);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(DialogInfoTest)
#include "tst_dialog_info.moc"
