#include "ui/widgets/ProgramsPanel.h"

#include "ui/Formatting.h"
#include "ui/controllers/ClientsController.h"
#include "ui/models/ClientListModel.h"
#include "ui/widgets/CellDelegate.h"
#include "ui/widgets/Table.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace hs::ui {

ProgramsPanel::ProgramsPanel(ClientsController& clients, ClientListModel& model, QWidget* parent)
    : QWidget(parent)
    , m_clients(clients)
    , m_address(new QLabel(this))
    , m_disconnect(new QToolButton(this))
    , m_table(new Table(this))
{
    m_address->setObjectName(QStringLiteral("programsAddress"));
    m_address->setTextFormat(Qt::PlainText);
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_disconnect->setObjectName(QStringLiteral("disconnect"));
    m_disconnect->setText(tr("Disconnect"));
    m_disconnect->setAccessibleName(tr("Disconnect the selected program"));
    m_disconnect->setFocusPolicy(Qt::TabFocus);
    m_disconnect->setEnabled(false);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(10, 8, 10, 8);
    head->addWidget(m_address);
    head->addStretch(1);
    head->addWidget(m_disconnect);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_table, 1);

    m_table->setObjectName(QStringLiteral("programs"));
    m_table->setAccessibleName(tr("Connected programs"));
    m_table->setItemDelegate(new CellDelegate(m_table));
    Table::Columns columns;
    for (int i = 0; i < clientColumnCount; ++i) {
        columns.samples << ClientListModel::sample(ClientColumn(i));
    }
    columns.stretched = int(ClientColumn::Program);
    columns.shedFirst = {int(ClientColumn::Protocol)};
    m_table->setUp(&model, columns, false);

    connect(m_table, &Table::selectionMoved, this,
            [this] { m_disconnect->setEnabled(m_table->selectedId().isValid()); });
    connect(m_disconnect, &QToolButton::clicked, this, [this] {
        const QVariant id = m_table->selectedId();
        if (id.isValid()) {
            m_clients.disconnectClient(id.toULongLong());
        }
    });
    setAddress({});
}

void ProgramsPanel::setAddress(const QString& webSocketAddress)
{
    const QString address = QStringLiteral("ws://") + Formatting::plain(webSocketAddress);
    const bool up = !webSocketAddress.isEmpty();
    m_address->setText(up ? tr("Programs connect to %1").arg(address)
                          : tr("Programs cannot connect: no WebSocket address is open."));
    m_table->setEmptyText(tr("No program is connected"),
                          up ? tr("Voice bots, dashboards and scripts connect to %1.").arg(address)
                             : QString());
}

} // namespace hs::ui
