// ConsoleStyle: Fusion, with check boxes whose frame can be seen on every ground: Fusion takes its
// colour from the window's, which in the dark leaves nothing of it; and the buttons of a dialog say
// what they do in words, as all others here. Thread: GUI.
#pragma once

#include <QProxyStyle>

namespace hs::ui {

class ConsoleStyle : public QProxyStyle {
    Q_OBJECT
public:
    ConsoleStyle();

    int styleHint(StyleHint hint, const QStyleOption* option = nullptr,
                  const QWidget* widget = nullptr,
                  QStyleHintReturn* returned = nullptr) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget = nullptr) const override;
};

} // namespace hs::ui
