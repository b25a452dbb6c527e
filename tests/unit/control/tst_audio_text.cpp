#include "control/AudioText.h"

#include <QTest>

using namespace hs::control;

class AudioTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hexOfEveryByte();
    void base64LikeQt_data();
    void base64LikeQt();
    void hexDecoding_data();
    void hexDecoding();
    void base64Decoding_data();
    void base64Decoding();
    void samples();
    void samplesGoOutLittleEndian();
};

namespace {
std::span<const std::byte> bytesOf(const QByteArray& bytes)
{
    return std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size())));
}

QByteArray arrayOf(const std::vector<std::byte>& bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

QByteArray everyByte()
{
    QByteArray all;
    for (int i = 0; i < 256; ++i) {
        all += static_cast<char>(i);
    }
    return all;
}
} // namespace

void AudioTextTest::hexOfEveryByte()
{
    QString text(QStringLiteral("RTP:"));
    appendHex(text, bytesOf(everyByte()));
    QCOMPARE(text, QStringLiteral("RTP:") + QString::fromLatin1(everyByte().toHex()));
    const auto back = decodeHex(text.mid(4));
    QVERIFY(back.ok());
    QCOMPARE(arrayOf(*back), everyByte());
}

void AudioTextTest::base64LikeQt_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (int length = 0; length <= 7; ++length) {
        QTest::addRow("%d bytes", length) << everyByte().last(length);
    }
    QTest::newRow("every byte") << everyByte();
}

void AudioTextTest::base64LikeQt()
{
    QFETCH(QByteArray, bytes);
    QString text;
    appendBase64(text, bytesOf(bytes));
    QCOMPARE(text, QString::fromLatin1(bytes.toBase64()));
    const auto back = decodeBase64(text);
    QVERIFY(back.ok());
    QCOMPARE(arrayOf(*back), bytes);
    const auto unpadded = decodeBase64(QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals)));
    QVERIFY(unpadded.ok());
    QCOMPARE(arrayOf(*unpadded), bytes);
}

void AudioTextTest::hexDecoding_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isHex");
    QTest::newRow("nothing") << QString() << true;
    QTest::newRow("lower") << QStringLiteral("00ff7f80") << true;
    QTest::newRow("upper") << QStringLiteral("00FF7F80") << true;
    QTest::newRow("mixed") << QStringLiteral("aAbBcC") << true;
    QTest::newRow("odd") << QStringLiteral("00f") << false;
    QTest::newRow("g") << QStringLiteral("0g") << false;
    QTest::newRow("blank") << QStringLiteral("00 0") << false;
    QTest::newRow("full-width digit") << QString(2, QChar(0xff10)) << false;
    QTest::newRow("beyond Latin-1 with a digit's low byte") << QString(2, QChar(0x0130)) << false;
}

void AudioTextTest::hexDecoding()
{
    QFETCH(QString, text);
    QFETCH(bool, isHex);
    QCOMPARE(hs::control::isHex(text), isHex);
    QCOMPARE(decodeHex(text).ok(), isHex);
}

void AudioTextTest::base64Decoding_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    const auto row = [](const char* text, bool good) {
        QTest::newRow(text) << QString::fromUtf8(text) << good;
    };
    row("QUJD", true);
    row("QUI=", true);
    row("QUI", true);
    row("QQ==", true);
    row("QQ", true);
    row("+/+/", true);
    row("Q", false);
    row("QQ=", false);
    row("QUJD=", false);
    row("QUJD==", false);
    row("=", false);
    row("====", false);
    row("Q===", false);
    row("QU=D", false);
    row("QU JD", false);
    row("QUJD\n", false);
    row("-_-_", false); // RFC 4648 5's alphabet
    row("QUJ\xc3\x84", false);
    row("QU%3D", false);
}

void AudioTextTest::base64Decoding()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    QCOMPARE(decodeBase64(text).ok(), good);
}

void AudioTextTest::samples()
{
    const auto samples = samplesOf(bytesOf(QByteArray("\x01\x00\x00\x80\xff\x7f\xff\xff", 8)));
    QVERIFY(samples.ok());
    QCOMPARE(*samples, (std::vector<std::int16_t>{1, -32768, 32767, -1}));
    QVERIFY(samplesOf({})->empty());
    QVERIFY(!samplesOf(bytesOf("abc")).ok());
}

void AudioTextTest::samplesGoOutLittleEndian()
{
    const std::vector<std::int16_t> native{1, -2, 0x1234};
    QCOMPARE(arrayOf(toLittleEndian(std::as_bytes(std::span(native)))).toHex(),
             QByteArray("0100feff3412"));
}

QTEST_GUILESS_MAIN(AudioTextTest)
#include "tst_audio_text.moc"
