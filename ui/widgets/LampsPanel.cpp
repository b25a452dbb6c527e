#include "ui/widgets/LampsPanel.h"

#include "ui/AccountWords.h"
#include "ui/models/LampListModel.h"
#include "ui/widgets/ActionButton.h"
#include "ui/widgets/CellDelegate.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>

#include <algorithm>

namespace hs::ui {

using model::BusyLamp;
using model::LampState;

namespace {
constexpr int fewestRows = 3; // below that it scrolls in no room at all
}

LampsPanel::LampsPanel(LampListModel& model, QWidget* parent)
    : QFrame(parent)
    , m_model(model)
    , m_table(new Table(this))
    , m_pickUp(new QAction(tr("Pick up"), this))
{
    setObjectName(QStringLiteral("lampsPanel"));
    m_pickUp->setObjectName(QStringLiteral("pickUp"));
    m_pickUp->setShortcut(QKeySequence(Qt::Key_F5));
    m_pickUp->setAutoRepeat(false);
    m_pickUp->setToolTip(tr("Answer here what rings at the selected extension, or at the first "
                            "that rings"));
    auto* title = new QLabel(tr("Extensions"), this);
    title->setObjectName(QStringLiteral("cardTitle"));
    title->setBuddy(m_table);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(2, 0, 0, 0);
    head->addWidget(title, 1);
    head->addWidget(new ActionButton(m_pickUp, ActionButton::Kind::Answer, {}, {}, this));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    m_table->setObjectName(QStringLiteral("lamps"));
    m_table->setAccessibleName(tr("Extensions"));
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->horizontalHeader()->hide();
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
    const QString widest = AccountWords::lamp(LampState::Ringing) + QStringLiteral("MM");
    m_table->setUp(&m_model, {{QStringLiteral("20100MM"), widest}, 1, {}}, false);
    m_table->setMinimumHeight(fewestRows * m_table->verticalHeader()->defaultSectionSize());

    connect(m_table, &Table::chosen, this, [this](const QModelIndex& index) {
        if (const BusyLamp* lamp = m_model.row(index)) {
            Q_EMIT dialRequested(lamp->extension, lamp->account);
        }
    });
    connect(m_table, &Table::selectionMoved, this, &LampsPanel::refresh);
    connect(m_pickUp, &QAction::triggered, this, [this] {
        if (const BusyLamp* lamp = ringing()) {
            Q_EMIT pickUpRequested(*lamp);
        }
    });
    refresh();
}

const BusyLamp* LampsPanel::ringing() const
{
    const auto& lamps = m_model.rows();
    const BusyLamp* selected =
        m_table->selectedId().isValid() ? m_model.row(m_table->currentIndex()) : nullptr;
    if (selected != nullptr && selected->state == LampState::Ringing) {
        return selected;
    }
    const auto at = std::find_if(lamps.begin(), lamps.end(), [](const BusyLamp& lamp) {
        return lamp.state == LampState::Ringing;
    });
    return at == lamps.end() ? nullptr : &*at;
}

void LampsPanel::refresh()
{
    setVisible(!m_model.rows().isEmpty());
    m_pickUp->setEnabled(ringing() != nullptr);
}

} // namespace hs::ui
