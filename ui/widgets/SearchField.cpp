#include "ui/widgets/SearchField.h"

#include "ui/theme/SymbolicIcon.h"

#include <QAction>
#include <QKeyEvent>

namespace hs::ui {

SearchField::SearchField(const QString& what, QWidget* parent)
    : QLineEdit(parent)
{
    setPlaceholderText(tr("%1 (Ctrl+F)").arg(what));
    setAccessibleName(what);
    setClearButtonEnabled(true);
    setMaxLength(200);
    setMaximumWidth(420);
    addAction(symbolicIcon(QStringLiteral("search")), LeadingPosition);
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        clear();
        Q_EMIT escaped();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace hs::ui
