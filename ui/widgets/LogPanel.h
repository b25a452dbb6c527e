// LogPanel: the call log with its text filter and the choice of all, missed or recorded calls.
// Enter or a double click puts a row's number into the dial field. Thread: GUI.
#pragma once

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace hs::ui {

class CallLogModel;
class SearchField;
class Table;

class LogPanel : public QWidget {
    Q_OBJECT
public:
    explicit LogPanel(CallLogModel& model, QWidget* parent = nullptr);

    Table* table() const { return m_table; }
    void focusFilter();
    void showMissed(); // puts the filter on missed calls

Q_SIGNALS:
    void callBackRequested(const QString& number);
    void playRequested(const QString& path);
    void missedSeen();

private:
    enum Choice { All, Missed, Recorded };
    void addHead(QHBoxLayout& head);
    void addTable();
    void addChip(Choice choice, const QString& text);
    void addMenu();
    void applyFilter();
    void refresh(); // what stands around the table
    void activate(const QModelIndex& index);

    CallLogModel& m_model;
    SearchField* m_text;
    QButtonGroup* m_choice;
    QToolButton* m_seen = nullptr;
    QLabel* m_count = nullptr;
    Table* m_table = nullptr;
};

} // namespace hs::ui
