#include "ui/widgets/SessionsView.h"

#include "ui/Formatting.h"
#include "ui/models/CallListModel.h"
#include "ui/widgets/CallDetails.h"
#include "ui/widgets/DigitPad.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/SessionDelegate.h"
#include "ui/widgets/Table.h"
#include "ui/widgets/TransferBar.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>

#include <algorithm>

namespace hs::ui {

using model::CallState;

namespace {
constexpr int mostAddresses = 3; // the rest stands in the list of accounts

QLabel* makeLabel(const QString& name, const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    return label;
}
} // namespace

SessionsView::SessionsView(CallListModel& model, QWidget* parent)
    : QFrame(parent)
    , m_model(model)
    , m_proxy(new QSortFilterProxyModel(this))
    , m_table(new Table(this))
    , m_transfer(new TransferBar(this))
    , m_details(new CallDetails(this))
    , m_summary(new ElidedLabel(this))
    , m_programs(makeLabel(QStringLiteral("secondary"), {}, this))
{
    setObjectName(QStringLiteral("panel"));
    m_summary->setObjectName(QStringLiteral("secondary"));
    auto* title = makeLabel(QStringLiteral("panelTitle"), tr("Live sessions"), this);
    title->setBuddy(m_table);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(10, 7, 10, 6);
    head->setSpacing(10);
    head->addWidget(title);
    head->addWidget(m_summary, 1);
    head->addWidget(m_programs);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    column->addWidget(m_transfer);
    column->addWidget(m_details);

    addTable();
    setAddress({});
    setPrograms(0);
    refreshSummary();
}

void SessionsView::addTable()
{
    m_proxy->setSortRole(SortRole);
    m_proxy->setSourceModel(&m_model);
    auto* delegate = new SessionDelegate(m_table);
    m_table->setItemDelegate(delegate);
    m_table->setObjectName(QStringLiteral("sessions"));
    m_table->setAccessibleName(tr("Live sessions"));
    Table::Columns columns;
    for (int i = 0; i < callColumnCount; ++i) {
        columns.samples << CallCells::sample(CallColumn(i));
    }
    columns.stretched = int(CallColumn::Who);
    columns.shedFirst = {int(CallColumn::Codec), int(CallColumn::Loss),    int(CallColumn::Notes),
                         int(CallColumn::For),   int(CallColumn::Quality), int(CallColumn::Levels),
                         int(CallColumn::HasIt), int(CallColumn::Orders),  int(CallColumn::Key)};
    columns.grow = true;
    m_table->setUp(m_proxy, columns, true);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection); // to join them
    m_table->horizontalHeader()->setSortIndicatorShown(true);
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder); // as they came

    connect(m_table, &Table::selectionMoved, this, [this] { Q_EMIT selectedChanged(selected()); });
    connect(m_table, &Table::chosen, this, &SessionsView::activate);
    connect(m_table, &Table::typed, this, &SessionsView::take);
    connect(delegate, &SessionDelegate::ordered, this,
            [this](const QModelIndex& index, RowOrder order) {
                const model::CallId id = index.data(IdRole).toULongLong();
                if (order == RowOrder::Answer) {
                    Q_EMIT answerRequested(id);
                } else {
                    Q_EMIT orderRequested(id, order);
                }
            });
}

void SessionsView::setMenu(const QList<QAction*>& orders)
{
    m_table->addActions(orders);
    m_table->addCopyAction(tr("Copy number"), NumberRole);
}

std::optional<model::CallId> SessionsView::selected() const
{
    const QVariant id = m_table->selectedId();
    return id.isValid() ? std::optional<model::CallId>(id.toULongLong()) : std::nullopt;
}

QList<model::CallId> SessionsView::selection() const
{
    QList<model::CallId> ids;
    for (const QVariant& id : m_table->selectedIds()) {
        ids << id.toULongLong();
    }
    return ids;
}

void SessionsView::select(model::CallId id)
{
    m_table->selectRowOf(id);
}

void SessionsView::selectKey(int number)
{
    if (number <= m_proxy->rowCount()) {
        m_table->selectRowAt(number - 1);
        m_table->setFocus(Qt::ShortcutFocusReason);
    }
}

// Enter, a double click or the button in the row: answers what rings, and nothing else.
void SessionsView::activate(const QModelIndex& index)
{
    const auto call = m_model.find(index.data(IdRole).toULongLong());
    if (call && call->state == CallState::RingingIn) {
        Q_EMIT answerRequested(call->id);
    }
}

// Digits go to the call that was chosen, if it can take any: that is what they are for then.
// All else, and whatever is typed while none is chosen or several are, is a number to be dialled.
void SessionsView::take(const QString& text)
{
    const auto id = selected();
    const auto call = id ? m_model.find(*id) : std::nullopt;
    const QList<model::CallId> all = selection();
    const bool isOneOfSeveral = std::ranges::any_of(all, [this, id](model::CallId each) {
        const auto other = m_model.find(each);
        return each != id && other && other->isAlive();
    });
    if (call && !isOneOfSeveral && DigitPad::canSend(*call) && DigitPad::isDigits(text)) {
        Q_EMIT digitsTyped(*id, text);
    } else {
        Q_EMIT typed(text);
    }
}

void SessionsView::setAddress(const QString& sipAddress)
{
    m_sipAddress = sipAddress;
    refreshEmptyText();
}

void SessionsView::setAccountAddresses(const QStringList& uris)
{
    m_accountAddresses = uris;
    refreshEmptyText();
}

// Others know a registered account's address; the machine's own only serves where there is none.
void SessionsView::refreshEmptyText()
{
    QStringList addresses = m_accountAddresses.mid(0, mostAddresses);
    if (addresses.isEmpty()) {
        addresses << QStringLiteral("sip:") + Formatting::plain(m_sipAddress);
    } else if (m_accountAddresses.size() > addresses.size()) {
        addresses << QStringLiteral("\u2026");
    }
    m_table->setEmptyText(tr("No calls now"),
                          m_sipAddress.isEmpty()
                              ? tr("SIP is down: no call can be made or received.")
                              : tr("Type a number and press Enter to call. You can be called at "
                                   "%1.")
                                    .arg(addresses.join(QStringLiteral(", "))));
}

void SessionsView::setCompact(bool compact)
{
    m_compact = compact;
    m_programs->setVisible(!compact);
}

void SessionsView::setPrograms(int count)
{
    m_programs->setText(count == 0       ? tr("no program connected")
                            : count == 1 ? tr("1 program connected")
                                         : tr("%n programs connected", nullptr, count));
}

void SessionsView::refreshSummary()
{
    const auto& calls = m_model.calls();
    const auto live = std::count_if(calls.begin(), calls.end(),
                                    [](const model::Call& call) { return call.isAlive(); });
    qint64 longest = 0;
    int ringing = 0;
    for (const model::Call& call : calls) {
        if (call.state == CallState::RingingIn) {
            ++ringing;
            longest = std::max(longest, m_model.now() - call.startedAt);
        }
    }
    QStringList words;
    if (live > 0) {
        words << (live == 1 ? tr("1 call") : tr("%n calls", nullptr, int(live)));
    }
    if (ringing > 0) {
        words << tr("%n ringing", nullptr, ringing)
              << tr("longest wait %1").arg(Formatting::duration(longest));
    }
    m_summary->setText(words.join(QStringLiteral(" \u00b7 ")));
}

} // namespace hs::ui
