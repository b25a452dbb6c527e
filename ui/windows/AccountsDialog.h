// AccountsDialog: the accounts, how each is, and what can be done with them. Not modal: it can stay
// open beside the work. Thread: GUI. Controller and models outlive it.
#pragma once

#include "ui/controllers/AccountsController.h"

#include <QDialog>
#include <QTimer>

#include <functional>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace hs::ui {

class AccountListModel;
class CallListModel;
class Table;

class AccountsDialog : public QDialog {
    Q_OBJECT
public:
    AccountsDialog(AccountsController& accounts, AccountListModel& model,
                   const CallListModel& calls, std::function<qint64()> now,
                   QWidget* parent = nullptr);

    Table* table() const { return m_table; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    QPushButton* addButton(QHBoxLayout& row, const QString& name, const QString& text,
                           const QString& toolTip);
    void addTable();
    void connectButtons();
    std::optional<AccountRow> selected() const;
    void refresh();
    void openForm(const std::optional<model::Account>& account);
    void askToRemove();

    AccountsController& m_accounts;
    AccountListModel& m_model;
    const CallListModel& m_calls; // those that an account carries
    std::function<qint64()> m_now;
    QTimer m_clock; // for what counts down
    QString m_saved; // the account to be selected once it is there
    Table* m_table;
    QLabel* m_detail;
    QLabel* m_message;
    QPushButton* m_add = nullptr;
    QPushButton* m_edit = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_register = nullptr;
    QPushButton* m_unregister = nullptr;
};

} // namespace hs::ui
