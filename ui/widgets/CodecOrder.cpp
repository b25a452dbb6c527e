#include "ui/widgets/CodecOrder.h"

#include "model/Account.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace hs::ui {

QSize CodecList::sizeHint() const
{
    const int rows = std::max(count(), 1) * std::max(sizeHintForRow(0), fontMetrics().height());
    return {QListWidget::minimumSizeHint().width(), rows + 2 * frameWidth() + 2};
}

void CodecList::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Up ? -1 : event->key() == Qt::Key_Down ? 1 : 0;
    if ((event->modifiers() & Qt::AltModifier) == 0 || step == 0) {
        QListWidget::keyPressEvent(event);
        return;
    }
    const int from = currentRow();
    const int to = from + step;
    if (from >= 0 && to >= 0 && to < count()) {
        insertItem(to, takeItem(from));
        setCurrentRow(to);
    }
}

CodecOrder::CodecOrder(const QStringList& own, QWidget* parent)
    : QWidget(parent)
    , m_isOwn(new QCheckBox(tr("An order of its own:"), this))
    , m_list(new CodecList(this))
{
    m_isOwn->setObjectName(QStringLiteral("ownCodecs"));
    m_isOwn->setChecked(!own.isEmpty());
    m_list->setObjectName(QStringLiteral("codecs"));
    m_list->setAccessibleName(tr("Codecs"));
    m_list->setToolTip(tr("The first is used if the far end has it. Space leaves one out, Alt+Up "
                          "and Alt+Down move it."));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    QStringList shown = own;
    for (const QString& name : model::allCodecs()) {
        if (!shown.contains(name)) {
            shown << name;
        }
    }
    for (const QString& name : shown) {
        auto* item = new QListWidgetItem(name, m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
                       | Qt::ItemIsDragEnabled);
        item->setCheckState(own.isEmpty() || own.contains(name) ? Qt::Checked : Qt::Unchecked);
    }
    m_list->setCurrentRow(0);
    m_list->setEnabled(m_isOwn->isChecked());
    connect(m_isOwn, &QCheckBox::toggled, m_list, &QWidget::setEnabled);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_isOwn);
    column->addWidget(m_list);
    setFocusProxy(m_isOwn);
}

QStringList CodecOrder::own() const
{
    QStringList result;
    for (int row = 0; m_isOwn->isChecked() && row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked) {
            result << m_list->item(row)->text();
        }
    }
    return result;
}

} // namespace hs::ui
