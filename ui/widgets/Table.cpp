#include "ui/widgets/Table.h"

#include "ui/models/Cell.h"
#include "ui/theme/Fonts.h"
#include "ui/widgets/CellDelegate.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace hs::ui {

namespace {
constexpr int narrowest = 32; // of a column that was dragged small, in pixels
constexpr int widest = 2000;
constexpr double widestScale = 1.5;
} // namespace

Table::Table(QWidget* parent)
    : QTableView(parent)
{
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setMouseTracking(true);
    setTabKeyNavigation(false); // Tab leaves the table, the arrow keys stay in it
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setFrameShape(NoFrame);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(narrowest);
    horizontalHeader()->setFocusPolicy(Qt::NoFocus);
    connect(this, &QTableView::doubleClicked, this, &Table::chosen);
    connect(
        horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column, int, int to) {
            if (!m_fitting && to > 0 && column != m_columns.stretched && column < m_widths.size()) {
                m_widths[column] = qRound(to / scaleOf(m_widths[column]));
                m_dragged << column;
            }
        });
}

void Table::setUp(QAbstractItemModel* model, const Columns& columns, bool twoLines)
{
    m_columns = columns;
    m_twoLines = twoLines;
    setModel(model);
    // After setModel, so that the view has its new geometry by the time that this one is told.
    connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { keepPlace(first, last); });
    if (columns.grow) {
        connect(model, &QAbstractItemModel::dataChanged, this, &Table::take);
        connect(model, &QAbstractItemModel::rowsInserted, this,
                [this](const QModelIndex&, int first, int last) {
                    take(this->model()->index(first, 0),
                         this->model()->index(last, this->model()->columnCount() - 1));
                });
        connect(model, &QAbstractItemModel::rowsRemoved, this, [this] {
            if (this->model()->rowCount() == 0) {
                forgetContents();
            }
        });
    }
    measure();
}

// Columns only grow while there are rows, so that they do not move to and fro under the eye.
void Table::take(const QModelIndex& from, const QModelIndex& to)
{
    bool wider = false;
    for (int row = from.row(); row <= to.row(); ++row) {
        for (int column = from.column(); column <= to.column(); ++column) {
            const int needed = CellDelegate::neededWidth(font(), model()->index(row, column));
            if (column < m_contents.size() && needed > m_contents[column]) {
                m_contents[column] = needed;
                wider = true;
            }
        }
    }
    if (wider) {
        fitColumns();
    }
}

void Table::forgetContents()
{
    m_contents.fill(0);
    fitColumns();
}

void Table::measure()
{
    const QFontMetrics metrics(strong(font()));
    m_widths.clear();
    for (int column = 0; column < m_columns.samples.size(); ++column) {
        const QString title =
            model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        m_widths << std::max(metrics.horizontalAdvance(m_columns.samples[column]),
                             metrics.horizontalAdvance(title))
                + 2 * CellDelegate::padding;
    }
    m_contents = QList<int>(m_widths.size(), 0);
    m_dragged.clear();
    verticalHeader()->setMinimumSectionSize(10);
    verticalHeader()->setDefaultSectionSize(CellDelegate::rowHeight(font(), m_twoLines));
    fitColumns();
}

void Table::fitColumns()
{
    // A scroll bar that comes or goes with what is done here changes the room for it in turn.
    if (m_widths.isEmpty() || m_fitting) {
        return;
    }
    const QScopedValueRollback guard(m_fitting, true);
    int needed = 0;
    for (const int width : std::as_const(m_widths)) {
        needed += width;
    }
    // What the main column says counts more than a column that can go.
    const int least = m_widths[m_columns.stretched];
    const int more = std::clamp(m_contents[m_columns.stretched], least, least * 3 / 2) - least;
    needed += more;
    QList<int> hidden;
    for (const int column : std::as_const(m_columns.shedFirst)) {
        if (needed > viewport()->width()) {
            hidden << column;
            needed -= m_widths[column];
        }
    }
    // Where nothing more can go, the table scrolls rather than squeezing its main column to less
    // than half.
    const bool room = needed - more - least / 2 <= viewport()->width();
    horizontalHeader()->setSectionResizeMode(
        m_columns.stretched, room ? QHeaderView::Stretch : QHeaderView::Interactive);
    if (!room) {
        setColumnWidth(m_columns.stretched, m_widths[m_columns.stretched]);
    }
    m_scale = std::clamp(viewport()->width() / double(std::max(1, needed)), 1.0, widestScale);
    for (int column = 0; column < m_widths.size(); ++column) {
        setColumnHidden(column, hidden.contains(column));
        if (column != m_columns.stretched && !hidden.contains(column)) {
            setColumnWidth(column, int(m_widths[column] * scaleOf(m_widths[column])));
        }
    }
    if (m_columns.grow && room) {
        growColumns();
    }
}

void Table::growColumns()
{
    const int stretched = m_columns.stretched;
    int spare = viewport()->width() - std::max(m_contents[stretched], m_widths[stretched] / 2);
    for (int column = 0; column < m_widths.size(); ++column) {
        spare -= column == stretched || isColumnHidden(column) ? 0 : columnWidth(column);
    }
    for (int column = 0; column < m_widths.size(); ++column) {
        const bool mayGrow =
            column != stretched && !isColumnHidden(column) && !m_dragged.contains(column);
        const int more = std::min(spare, m_contents[column] - columnWidth(column));
        if (mayGrow && more > 0) {
            setColumnWidth(column, columnWidth(column) + more);
            spare -= more;
        }
    }
}

// A wide window gives some of its room to every column, so that a row's ends stay together; what
// holds a key or a figure has enough.
double Table::scaleOf(int width) const
{
    return width < 80 ? 1.0 : m_scale;
}

void Table::setWidths(const QList<int>& widths)
{
    const bool sane = widths.size() == m_widths.size()
        && std::all_of(widths.begin(), widths.end(),
                       [](int width) { return width >= narrowest && width <= widest; });
    if (!sane) {
        return;
    }
    const int stretched = m_widths[m_columns.stretched]; // its wanted width is its least
    m_widths = widths;
    m_widths[m_columns.stretched] = stretched;
    fitColumns();
}

void Table::setEmptyText(const QString& title, const QString& hint)
{
    m_emptyTitle = title;
    m_emptyHint = hint;
    setAccessibleDescription(title + QLatin1Char(' ') + hint);
    viewport()->update();
}

void Table::addCopyAction(const QString& text, int role)
{
    auto* copy = new QAction(text, this);
    addAction(copy);
    copy->setEnabled(false);
    connect(this, &Table::selectionMoved, copy,
            [this, copy] { copy->setEnabled(selectedId().isValid()); });
    connect(copy, &QAction::triggered, this, [this, role] {
        QGuiApplication::clipboard()->setText(currentIndex().data(role).toString());
    });
}

QVariant Table::selectedId() const
{
    const QModelIndexList rows =
        selectionModel() != nullptr ? selectionModel()->selectedRows() : QModelIndexList();
    const int current = currentIndex().row();
    for (const QModelIndex& row : rows) {
        if (row.row() == current) {
            return row.data(IdRole);
        }
    }
    return rows.isEmpty() ? QVariant() : rows.first().data(IdRole);
}

QVariantList Table::selectedIds() const
{
    QModelIndexList rows =
        selectionModel() != nullptr ? selectionModel()->selectedRows() : QModelIndexList();
    std::sort(rows.begin(), rows.end());
    QVariantList ids;
    for (const QModelIndex& row : std::as_const(rows)) {
        ids << row.data(IdRole);
    }
    return ids;
}

void Table::selectRowOf(const QVariant& id)
{
    for (int row = 0; row < model()->rowCount(); ++row) {
        if (model()->index(row, 0).data(IdRole) == id) {
            selectRowAt(row);
            return;
        }
    }
}

void Table::selectRowAt(int row)
{
    const QModelIndex index = model()->index(row, m_columns.stretched);
    if (index.isValid()) {
        selectRow(row); // from where Shift and the arrow keys go on
        selectionModel()->setCurrentIndex(
            index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        scrollTo(index);
    }
}

void Table::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectionMoved();
}

void Table::rowsAboutToBeRemoved(const QModelIndex& parent, int first, int last)
{
    const int current = currentIndex().row();
    if (current >= first && current <= last) {
        selectionModel()->clear();
    }
    QTableView::rowsAboutToBeRemoved(parent, first, last);
}

void Table::keepPlace(int first, int last)
{
    QScrollBar* bar = verticalScrollBar();
    const int height = verticalHeader()->defaultSectionSize();
    // At the top the newest row is what one wants to see.
    if (bar->value() > 0 && first * height <= bar->value()) {
        bar->setValue(bar->value() + (last - first + 1) * height);
    }
}

void Table::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        const QString number = currentIndex().data(NumberRole).toString();
        if (!number.isEmpty()) {
            QGuiApplication::clipboard()->setText(number);
        }
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        if (m_escapeClears) {
            selectionModel()->clear();
        } else {
            event->ignore(); // the window's
        }
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (selectedId().isValid()) {
            Q_EMIT chosen(currentIndex());
        }
        return;
    }
    const auto modifiers = event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    const QString text = event->text();
    if (modifiers == Qt::NoModifier && !text.isEmpty() && text.front().isPrint()
        && text != QLatin1String(" ")) {
        Q_EMIT typed(text);
        return;
    }
    QTableView::keyPressEvent(event);
}

void Table::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (m_emptyTitle.isEmpty() || (model() != nullptr && model()->rowCount() > 0)) {
        return;
    }
    QPainter painter(viewport());
    const QFont title = strong(font());
    const Colors& palette = colorsOf(this->palette());
    const QRect area = viewport()->rect().adjusted(24, 12, -24, -12);
    const int titleHeight = QFontMetrics(title).height();
    const QRect hintArea =
        painter.boundingRect(area, int(Qt::AlignHCenter) | Qt::TextWordWrap, m_emptyHint);
    const int top = area.top() + (area.height() - titleHeight - 6 - hintArea.height()) / 2;
    painter.setFont(title);
    painter.setPen(palette.text);
    painter.drawText(QRect(area.left(), top, area.width(), titleHeight), Qt::AlignCenter,
                     m_emptyTitle);
    painter.setFont(font());
    painter.setPen(palette.secondary);
    painter.drawText(QRect(area.left(), top + titleHeight + 6, area.width(), hintArea.height()),
                     int(Qt::AlignHCenter) | Qt::TextWordWrap, m_emptyHint);
}

void Table::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void Table::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange && model() != nullptr) {
        measure();
    }
}

} // namespace hs::ui
