#include "ui/widgets/SymbolLine.h"

#include "ui/widgets/SymbolWidget.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>

namespace hs::ui {

SymbolLine::SymbolLine(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_symbol(new SymbolWidget({}, Tone::Normal, this))
    , m_words(new QLabel(this))
{
    m_words->setObjectName(name);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_symbol, 0, Qt::AlignTop);
    row->addWidget(m_words, 1);
    hide();
}

void SymbolLine::set(const QString& icon, Tone tone, const QString& words)
{
    setVisible(!words.isEmpty());
    m_words->setText(words);
    m_words->setAccessibleName(words);
    m_symbol->setSymbol(icon, tone);
    const bool bad = tone == Tone::Bad;
    if (m_words->property("bad").toBool() != bad) {
        m_words->setProperty("bad", bad);
        m_words->style()->unpolish(m_words);
        m_words->style()->polish(m_words);
    }
}

} // namespace hs::ui
