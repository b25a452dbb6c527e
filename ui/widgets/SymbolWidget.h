// SymbolWidget: one of our drawings in the colour of a tone, also after a change of the theme. Only
// ever beside words. Thread: GUI.
#pragma once

#include "ui/theme/Palettes.h"

#include <QWidget>

namespace hs::ui {

class SymbolWidget : public QWidget {
    Q_OBJECT
public:
    SymbolWidget(QString symbol, Tone tone, QWidget* parent = nullptr);

    void setSymbol(const QString& symbol, Tone tone);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_symbol;
    Tone m_tone;
};

} // namespace hs::ui
