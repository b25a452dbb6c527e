#include "ui/widgets/MessagesPanel.h"

#include "ui/models/MessageListModel.h"
#include "ui/widgets/CellDelegate.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace hs::ui {

namespace {
constexpr int textLines = 3; // of the selected one; a longer text scrolls
constexpr int longestText = 20000; // whatever the server lets through
} // namespace

MessagesPanel::MessagesPanel(MessageListModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_table(new Table(this))
    , m_text(new QPlainTextEdit(this))
{
    m_table->setObjectName(QStringLiteral("messages"));
    m_table->setAccessibleName(tr("Messages"));
    m_table->setItemDelegate(new CellDelegate(m_table));
    Table::Columns columns;
    for (int i = 0; i < messageColumnCount; ++i) {
        columns.samples << MessageListModel::sample(MessageColumn(i));
    }
    columns.stretched = int(MessageColumn::Text);
    columns.shedFirst = {int(MessageColumn::For)};
    m_table->setUp(&m_model, columns, false);
    m_table->setEmptyText(tr("No messages yet"), tr("Texts that are sent to you are listed here."));
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setAccessibleName(tr("Text of the selected message"));
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(fontMetrics().lineSpacing() * textLines + 18);
    m_text->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(m_text);
    addMenu();
    connect(m_table, &Table::selectionMoved, this, &MessagesPanel::showSelected);
    connect(m_table, &Table::chosen, this, [this](const QModelIndex& index) {
        Q_EMIT callBackRequested(index.data(NumberRole).toString());
    });
}

void MessagesPanel::addMenu()
{
    auto* call = new QAction(tr("Call back"), m_table);
    call->setEnabled(false);
    m_table->addAction(call);
    connect(m_table, &Table::selectionMoved, call,
            [this, call] { call->setEnabled(m_table->selectedId().isValid()); });
    connect(call, &QAction::triggered, this, [this] {
        Q_EMIT callBackRequested(m_table->currentIndex().data(NumberRole).toString());
    });
    m_table->addCopyAction(tr("Copy text"), WholeTextRole);
    m_table->addCopyAction(tr("Copy sender"), NumberRole);
}

void MessagesPanel::showNewest()
{
    if (m_model.rowCount() > 0) {
        m_table->selectRowAt(0);
        m_table->setFocus(Qt::ShortcutFocusReason);
    }
}

void MessagesPanel::showSelected()
{
    const model::TextMessage* message =
        m_table->selectedId().isValid() ? m_model.row(m_table->currentIndex()) : nullptr;
    m_text->setVisible(message != nullptr);
    m_text->setPlainText(message != nullptr ? message->text.left(longestText) : QString());
}

} // namespace hs::ui
