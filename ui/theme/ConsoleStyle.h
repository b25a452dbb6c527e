// ConsoleStyle: Fusion, with check boxes whose frame can be seen on every ground: Fusion takes its
// colour from the window's, which in the dark leaves nothing of it. Thread: GUI.
#pragma once

#include <QProxyStyle>

namespace hs::ui {

class ConsoleStyle : public QProxyStyle {
    Q_OBJECT
public:
    ConsoleStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget = nullptr) const override;
};

} // namespace hs::ui
