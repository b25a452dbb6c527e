#include "ui/widgets/CodecOrder.h"

#include "model/Account.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QLabel>
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

CodecOrder::CodecOrder(const QStringList& own, const QStringList& general, QWidget* parent)
    : QWidget(parent)
    , m_isOwn(new QCheckBox(tr("An order of its own:"), this))
    , m_list(new CodecList(this))
    , m_problem(new QLabel(this))
    , m_general(from(general.isEmpty() ? model::allCodecs() : general))
    , m_own(own.isEmpty() ? m_general : from(own))
{
    m_isOwn->setObjectName(QStringLiteral("ownCodecs"));
    m_isOwn->setChecked(!own.isEmpty());
    m_list->setObjectName(QStringLiteral("codecs"));
    m_list->setAccessibleName(tr("Codecs"));
    m_list->setToolTip(tr("The first is used if the far end has it. Space leaves one out, Alt+Up "
                          "and Alt+Down move it."));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    fill(own.isEmpty() ? m_general : m_own);
    m_list->setEnabled(m_isOwn->isChecked());
    m_problem->setObjectName(QStringLiteral("fieldProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    connect(m_isOwn, &QCheckBox::toggled, this, &CodecOrder::setOwn);
    connect(m_list, &QListWidget::itemChanged, m_problem, &QWidget::hide);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_isOwn);
    column->addWidget(m_list);
    column->addWidget(m_problem);
    setFocusProxy(m_isOwn);
}

CodecOrder::Shown CodecOrder::from(const QStringList& ticked)
{
    Shown codecs{ticked, ticked};
    for (const QString& name : model::allCodecs()) {
        if (!ticked.contains(name)) {
            codecs.order << name;
        }
    }
    return codecs;
}

CodecOrder::Shown CodecOrder::shown() const
{
    Shown codecs;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem* item = m_list->item(row);
        codecs.order << item->text();
        if (item->checkState() == Qt::Checked) {
            codecs.ticked << item->text();
        }
    }
    return codecs;
}

void CodecOrder::fill(const Shown& codecs)
{
    m_list->clear();
    for (const QString& name : codecs.order) {
        auto* item = new QListWidgetItem(name, m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
                       | Qt::ItemIsDragEnabled);
        item->setCheckState(codecs.ticked.contains(name) ? Qt::Checked : Qt::Unchecked);
    }
    m_list->setCurrentRow(0);
}

// What was chosen is not lost with the tick.
void CodecOrder::setOwn(bool isOwn)
{
    if (!isOwn) {
        m_own = shown();
    }
    fill(isOwn ? m_own : m_general);
    m_list->setEnabled(isOwn);
    m_problem->hide();
}

QStringList CodecOrder::own() const
{
    return m_isOwn->isChecked() ? shown().ticked : QStringList();
}

bool CodecOrder::check()
{
    const bool isRight = !m_isOwn->isChecked() || !own().isEmpty();
    m_problem->setText(
        isRight ? QString()
                : tr("Tick at least one codec, or leave the account without its own order."));
    m_problem->setVisible(!isRight);
    m_list->setAccessibleDescription(m_problem->text());
    return isRight;
}

} // namespace hs::ui
