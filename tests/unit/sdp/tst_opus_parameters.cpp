#include "sdp/OpusParameters.h"

#include <QTest>

using namespace hs::sdp;

class OpusParametersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void keepsTheTimes();
    void longTextIsReadOnce();
};

void OpusParametersTest::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("written"); // what it means, in our order
    const auto row = [](const char* name, const char* text, const char* written) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(written);
    };
    row("7587 6.1: the defaults", "", "");
    row("7587 6.1: the defaults, written",
        "maxplaybackrate=48000;stereo=0;cbr=0;useinbandfec=0;usedtx=0", "");
    row("7587 7: with blanks", "maxplaybackrate=16000; sprop-maxcapturerate=16000; stereo=1",
        "maxplaybackrate=16000;stereo=1");
    row("7587 6.1: all", "usedtx=1;useinbandfec=1;cbr=1;maxaveragebitrate=20000;stereo=1",
        "maxaveragebitrate=20000;stereo=1;cbr=1;useinbandfec=1;usedtx=1");
    row("any case", "UseInbandFEC=1", "useinbandfec=1");
    row("unknown ones", "minptime=10;useinbandfec=1;x-google-min-bitrate=10", "useinbandfec=1");
    row("7587 6.1: a rate below 8000", "maxplaybackrate=4000", "");
    row("7587 6.1: a rate beyond 48000", "maxplaybackrate=96000", "");
    row("7587 6.1: a bit rate below 6000", "maxaveragebitrate=1", "");
    row("7587 6.1: a bit rate beyond 510000", "maxaveragebitrate=4294967295",
        "maxaveragebitrate=510000");
    row("beyond 32 bits", "maxaveragebitrate=99999999999", "");
    row("a switch of neither value", "useinbandfec=2", "");
    row("negative", "maxplaybackrate=-8000", "");
    row("no value", "useinbandfec;usedtx=;=1;;", "");
    row("not of this form", "0-15", "");
    row("later words stand", "usedtx=1;usedtx=0;stereo=0;stereo=1", "stereo=1");
}

void OpusParametersTest::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, written);
    const OpusParameters parameters = OpusParameters::parse(text);
    QCOMPARE(parameters.toBytes(), written);
    QCOMPARE(OpusParameters::parse(written), parameters);
}

void OpusParametersTest::keepsTheTimes()
{
    const OpusParameters parameters = OpusParameters::parse("ptime=40;maxptime=60");
    QCOMPARE(parameters.packetMs, std::optional(40));
    QCOMPARE(parameters.maxPacketMs, std::optional(60));
    QCOMPARE(parameters.toBytes(), QByteArray());
    QVERIFY(!OpusParameters::parse("ptime=0;maxptime=121").packetMs);
    QVERIFY(!OpusParameters::parse("ptime=0;maxptime=121").maxPacketMs);
}

void OpusParametersTest::longTextIsReadOnce()
{
    const QByteArray text = QByteArray("usedtx=1;").repeated(7000);
    QVERIFY(OpusParameters::parse(text).dtx);
    QCOMPARE(OpusParameters::parse(QByteArray(60000, ';')), OpusParameters());
}

QTEST_APPLESS_MAIN(OpusParametersTest)
#include "tst_opus_parameters.moc"
