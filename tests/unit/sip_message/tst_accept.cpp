#include "Datagrams.h"

#include <QTest>

using namespace hs::sip;
using namespace hs::test;

class AcceptTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void accepts_data();
    void accepts();
};

void AcceptTest::accepts_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char* rule, const char* lines, const char* type, bool accepted) {
        QTest::newRow(rule) << QByteArray(lines) << QByteArray(type) << accepted;
    };
    row("20.1 without Accept", "", "application/sdp", true);
    row("20.1 without Accept, another type", "", "text/plain", false);
    row("20.1 empty Accept: nothing", "Accept:\n", "application/sdp", false);
    row("named", "Accept: application/sdp\n", "application/sdp", true);
    row("case", "Accept: Application/SDP\n", "application/sdp", true);
    row("case of the question", "Accept: application/sdp\n", "APPLICATION/sdp", true);
    row("not named", "Accept: text/nobodyKnowsThis\n", "application/sdp", false);
    row("all", "Accept: */*\n", "application/sdp", true);
    row("all subtypes", "Accept: application/*\n", "application/sdp", true);
    row("all subtypes of another", "Accept: text/*\n", "application/sdp", false);
    row("type that begins alike", "Accept: app/*\n", "application/sdp", false);
    row("second in a list", "Accept: text/plain, application/sdp;level=1\n", "application/sdp",
        true);
    row("second line", "Accept: text/plain\nAccept: application/sdp\n", "application/sdp", true);
    row("q=0 refuses", "Accept: application/sdp;q=0\n", "application/sdp", false);
    row("q=0.000 refuses", "Accept: application/sdp;q=0.000\n", "application/sdp", false);
    row("q=0.001 does not", "Accept: application/sdp;q=0.001\n", "application/sdp", true);
    row("the closest counts", "Accept: */*, application/sdp;q=0\n", "application/sdp", false);
    row("the closest counts, other order", "Accept: application/*;q=0, application/sdp\n",
        "application/sdp", true);
    row("malformed", "Accept: ;;, application\n", "application/sdp", false);
}

void AcceptTest::accepts()
{
    QFETCH(QByteArray, lines);
    QFETCH(QByteArray, type);
    const Request request = acceptedRequest(optionsWith(lines + "Subject: x\n"));
    QTEST(request.accepts(type), "accepted");
}

QTEST_GUILESS_MAIN(AcceptTest)
#include "tst_accept.moc"
