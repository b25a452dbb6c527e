// SymbolLine: a shape and words beside it in their tone; not there while it has nothing to say.
// Thread: GUI.
#pragma once

#include "ui/theme/Palettes.h"

#include <QWidget>

class QLabel;

namespace hs::ui {

class SymbolWidget;

class SymbolLine : public QWidget {
    Q_OBJECT
public:
    // `name`: of the label, for tests and style.
    explicit SymbolLine(const QString& name, QWidget* parent = nullptr);

    void set(const QString& icon, Tone tone, const QString& words); // empty words: hides it

private:
    SymbolWidget* m_symbol;
    QLabel* m_words;
};

} // namespace hs::ui
