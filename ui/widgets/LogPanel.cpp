#include "ui/widgets/LogPanel.h"

#include "ui/models/CallLogModel.h"
#include "ui/theme/SymbolicIcon.h"
#include "ui/widgets/CellDelegate.h"
#include "ui/widgets/SearchField.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace hs::ui {

LogPanel::LogPanel(CallLogModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_text(new SearchField(tr("Search number, name or account"), this))
    , m_choice(new QButtonGroup(this))
{
    auto* head = new QHBoxLayout;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    addHead(*head); // before the table, also for the Tab key
    addTable();
    column->addWidget(m_table, 1);
    addMenu();

    connect(m_text, &QLineEdit::textChanged, this, &LogPanel::applyFilter);
    connect(m_text, &SearchField::escaped, m_choice->button(All), &QAbstractButton::click);
    connect(m_choice, &QButtonGroup::idClicked, this, &LogPanel::applyFilter);
    connect(m_seen, &QToolButton::clicked, this, &LogPanel::missedSeen);
    connect(m_table, &Table::chosen, this, &LogPanel::activate);
    connect(&m_model, &CallLogModel::pageAccepted, this, &LogPanel::refresh);
    refresh();
}

void LogPanel::addHead(QHBoxLayout& head)
{
    head.setContentsMargins(10, 8, 10, 8);
    head.setSpacing(6);
    m_text->setObjectName(QStringLiteral("logFilter"));
    head.addWidget(m_text, 8);
    addChip(All, tr("All"));
    addChip(Missed, tr("Missed"));
    addChip(Recorded, tr("Recorded"));
    for (QAbstractButton* chip : m_choice->buttons()) {
        head.addWidget(chip);
    }
    m_seen = new QToolButton(this);
    m_seen->setObjectName(QStringLiteral("markSeen"));
    m_seen->setToolTip(tr("Take the number of missed calls off the tab. The calls stay listed."));
    m_seen->setText(tr("Mark as seen"));
    m_seen->setFocusPolicy(Qt::TabFocus);
    head.addWidget(m_seen);
    m_count = new QLabel(this);
    m_count->setObjectName(QStringLiteral("secondary"));
    m_count->setTextFormat(Qt::PlainText);
    head.addStretch(1);
    head.addWidget(m_count);
}

void LogPanel::addTable()
{
    m_table = new Table(this);
    m_table->setObjectName(QStringLiteral("log"));
    m_table->setAccessibleName(tr("Call log"));
    m_table->setItemDelegate(new CellDelegate(m_table));
    Table::Columns columns;
    for (int i = 0; i < logColumnCount; ++i) {
        columns.samples << LogCells::sample(LogColumn(i));
    }
    columns.stretched = int(LogColumn::Who);
    columns.shedFirst = {int(LogColumn::Account), int(LogColumn::For), int(LogColumn::By)};
    m_table->setUp(&m_model, columns, false);
}

void LogPanel::addChip(Choice choice, const QString& text)
{
    auto* chip = new QToolButton(this);
    chip->setObjectName(QStringLiteral("chip"));
    chip->setText(text);
    chip->setCheckable(true);
    chip->setChecked(choice == All);
    chip->setFocusPolicy(Qt::TabFocus);
    chip->setAccessibleName(text);
    m_choice->addButton(chip, choice);
}

void LogPanel::addMenu()
{
    auto* call = new QAction(tr("Call back"), m_table);
    auto* play = new QAction(tr("Play recording"), m_table);
    m_table->addAction(call);
    m_table->addCopyAction(tr("Copy number"), NumberRole);
    m_table->addAction(play);
    connect(m_table, &Table::selectionMoved, this, [this, call, play] {
        const model::LogEntry* entry = m_model.entry(m_table->currentIndex());
        const bool chosen = entry != nullptr && m_table->selectedId().isValid();
        call->setEnabled(chosen);
        play->setEnabled(chosen && !entry->call.recordingPath.isEmpty());
    });
    Q_EMIT m_table->selectionMoved();
    connect(call, &QAction::triggered, this, [this] {
        Q_EMIT callBackRequested(m_table->currentIndex().data(NumberRole).toString());
    });
    connect(play, &QAction::triggered, this, [this] {
        if (const model::LogEntry* entry = m_model.entry(m_table->currentIndex())) {
            Q_EMIT playRequested(entry->call.recordingPath);
        }
    });
}

void LogPanel::activate(const QModelIndex& index)
{
    const model::LogEntry* entry = m_model.entry(index);
    if (entry == nullptr) {
        return;
    }
    if (LogColumn(index.column()) == LogColumn::Recording && !entry->call.recordingPath.isEmpty()) {
        Q_EMIT playRequested(entry->call.recordingPath);
    } else {
        Q_EMIT callBackRequested(index.data(NumberRole).toString());
    }
}

void LogPanel::focusFilter()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void LogPanel::showMissed()
{
    m_text->clear();
    m_choice->button(Missed)->setChecked(true);
    applyFilter();
}

void LogPanel::applyFilter()
{
    CallLogModel::Filter filter;
    filter.text = m_text->text().trimmed();
    filter.missedOnly = m_choice->checkedId() == Missed;
    filter.recordedOnly = m_choice->checkedId() == Recorded;
    m_model.setFilter(filter);
}

void LogPanel::refresh()
{
    const int rows = m_model.rowCount();
    const QString shown = rows == 1 ? tr("1 call") : tr("%n calls", nullptr, rows);
    //: %1 is "200 calls": there are more than those
    m_count->setText(m_model.hasMore() ? tr("more than %1").arg(shown) : shown);
    m_count->setVisible(rows > 0);
    const int missed = m_model.missedTotal();
    m_choice->button(Missed)->setText(missed > 0 ? tr("Missed %1").arg(missed) : tr("Missed"));
    m_choice->button(Missed)->setAccessibleName(m_choice->button(Missed)->text());
    m_seen->setVisible(missed > 0);
    if (!m_model.isLoaded()) {
        m_table->setEmptyText({}, {});
    } else if (!m_model.filter().isEmpty()) {
        m_table->setEmptyText(tr("No call fits the filter"),
                              tr("Press Esc in the search field to see all calls."));
    } else {
        m_table->setEmptyText(tr("No calls yet"),
                              tr("Every call will be listed here, newest first."));
    }
}

} // namespace hs::ui
