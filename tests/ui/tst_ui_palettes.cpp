#include "ui/theme/Palettes.h"
#include "ui/theme/StyleSheet.h"

#include <QTest>

using namespace hs::ui;

class PalettesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void contrastOfKnownPairs();
    void textIsReadable_data();
    void textIsReadable();
    void buttonsAreReadable_data() { schemes(); }
    void buttonsAreReadable();
    void schemeIsSeenFromPalette();
    void styleSheetNamesNoUnknownColour();

private:
    static void schemes();
};

void PalettesTest::schemes()
{
    QTest::addColumn<Scheme>("scheme");
    QTest::newRow("light") << Scheme::Light;
    QTest::newRow("dark") << Scheme::Dark;
}

void PalettesTest::contrastOfKnownPairs()
{
    QCOMPARE(contrast(Qt::white, Qt::black), 21.0);
    QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
    // WCAG's own example of a pair that just passes: #767676 on white is 4.54.
    QVERIFY(std::abs(contrast(QColor(0x767676), Qt::white) - 4.54) < 0.01);
}

void PalettesTest::textIsReadable_data()
{
    QTest::addColumn<Scheme>("scheme");
    QTest::addColumn<Tone>("tone");
    const char* names[] = {"normal", "secondary", "ringing", "active",
                           "held",   "dialing",   "ended",   "bad"};
    for (int tone = 0; tone < 8; ++tone) {
        QTest::addRow("light %s", names[tone]) << Scheme::Light << Tone(tone);
        QTest::addRow("dark %s", names[tone]) << Scheme::Dark << Tone(tone);
    }
}

void PalettesTest::textIsReadable()
{
    QFETCH(Scheme, scheme);
    QFETCH(Tone, tone);
    const Colors& c = colors(scheme);
    const QColor text = toneColor(c, tone);
    const std::pair<const char*, QColor> grounds[] = {
        {"window", c.window},       {"panel", c.panel}, {"field", c.field},  {"hover", c.hover},
        {"selection", c.selection}, {"chip", c.chip},   {"notice", c.notice}};
    for (const auto& [name, ground] : grounds) {
        const double found = contrast(text, ground);
        QVERIFY2(found >= 4.5,
                 qPrintable(QStringLiteral("%1 on %2 (%3): %4")
                                .arg(text.name(), ground.name(), QLatin1String(name))
                                .arg(found)));
    }
}

void PalettesTest::buttonsAreReadable()
{
    QFETCH(Scheme, scheme);
    const Colors& c = colors(scheme);
    QVERIFY(contrast(c.accent, c.onAccent) >= 4.5);
    QVERIFY(contrast(c.answer, c.onAnswer) >= 4.5);
    QVERIFY(contrast(c.hangUp, c.onHangUp) >= 4.5);
    // What cannot be used, and the frames that the focus draws (WCAG 1.4.11).
    QVERIFY(contrast(c.faint, c.panel) >= 3.0);
    QVERIFY(contrast(c.accent, c.panel) >= 3.0);
    QVERIFY(contrast(c.accent, c.window) >= 3.0);
}

void PalettesTest::schemeIsSeenFromPalette()
{
    QCOMPARE(schemeOf(palette(Scheme::Light)), Scheme::Light);
    QCOMPARE(schemeOf(palette(Scheme::Dark)), Scheme::Dark);
    QCOMPARE(&colorsOf(palette(Scheme::Dark)), &colors(Scheme::Dark));
}

void PalettesTest::styleSheetNamesNoUnknownColour()
{
    QVERIFY(!styleSheet(colors(Scheme::Light)).contains(QLatin1Char('@')));
}

QTEST_GUILESS_MAIN(PalettesTest)
#include "tst_ui_palettes.moc"
