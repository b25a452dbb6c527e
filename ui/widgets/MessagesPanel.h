// MessagesPanel: the texts that came in while this window was open, with the whole of the selected
// one below. All of it is plain text. Enter or a double click puts the sender into the dial field.
// Thread: GUI.
#pragma once

#include <QWidget>

class QPlainTextEdit;

namespace hs::ui {

class MessageListModel;
class Table;

class MessagesPanel : public QWidget {
    Q_OBJECT
public:
    explicit MessagesPanel(MessageListModel& model, QWidget* parent = nullptr);

    Table* table() const { return m_table; }
    void showNewest();

Q_SIGNALS:
    void callBackRequested(const QString& number);

private:
    void addMenu();
    void showSelected();

    MessageListModel& m_model;
    Table* m_table;
    QPlainTextEdit* m_text;
};

} // namespace hs::ui
