// Table: a QTableView for looking and choosing: whole rows, one at a time as a rule; columns that
// are sized by a sample text, drop out one after the other where there is no room, and are
// remembered; a friendly text while there are no rows. When the selected row goes away nothing is
// selected, so that an order never meets its neighbour, and rows that come in above leave what is
// seen in its place. Typed characters are handed on; Ctrl+C copies the row's number. Thread: GUI.
#pragma once

#include <QTableView>

namespace hs::ui {

class Table : public QTableView {
    Q_OBJECT
public:
    struct Columns {
        QStringList samples; // one for each column: a text as wide as it should be
        int stretched = 0; // the one that takes the rest
        QList<int> shedFirst; // what goes where the window is narrow, first first
        bool grow = false; // with what is in them, as far as the stretched one can spare it
    };

    explicit Table(QWidget* parent = nullptr);

    void setUp(QAbstractItemModel* model, const Columns& columns, bool twoLines);
    void setEmptyText(const QString& title, const QString& hint);
    void setEscapeClears(bool clears) { m_escapeClears = clears; } // the selection
    QString emptyTitle() const { return m_emptyTitle; }
    QString emptyHint() const { return m_emptyHint; }

    // Into its context menu: copies what the selected row has to say to that role.
    void addCopyAction(const QString& text, int role);
    // IdRole of the selected row, of several the current one if it is among them; invalid for none.
    QVariant selectedId() const;
    QVariantList selectedIds() const; // from top to bottom
    void selectRowOf(const QVariant& id);
    void selectRowAt(int row);

    QList<int> widths() const { return m_widths; }
    void setWidths(const QList<int>& widths); // ignored unless it fits the columns

Q_SIGNALS:
    void selectionMoved();
    // Enter or a double click. Not activated(): some desktops send that at a single click, with
    // which one only wants to select.
    void chosen(const QModelIndex& index);
    void typed(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void selectionChanged(const QItemSelection& selected,
                          const QItemSelection& deselected) override;
    void rowsAboutToBeRemoved(const QModelIndex& parent, int first, int last) override;

private:
    void keepPlace(int first, int last);
    void take(const QModelIndex& from, const QModelIndex& to);
    void forgetContents();
    void growColumns();
    void measure();
    void fitColumns();
    double scaleOf(int width) const;

    Columns m_columns;
    QList<int> m_widths; // least, of every column
    QList<int> m_contents; // the widest that each had to say since the table was empty
    QList<int> m_dragged; // columns whose width is the operator's own
    QString m_emptyTitle;
    QString m_emptyHint;
    bool m_twoLines = false;
    bool m_escapeClears = true;
    bool m_fitting = false;
    double m_scale = 1.0; // of the widths, where there is more room than needed
};

} // namespace hs::ui
