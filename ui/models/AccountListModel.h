// AccountListModel: the accounts, in the order of the configuration, with how each is.
// Thread: GUI.
#pragma once

#include "ui/controllers/AccountsController.h"
#include "ui/models/CellModel.h"

namespace hs::ui {

enum class AccountColumn { Name, State, Server, Messages };
constexpr int accountColumnCount = 4;

class AccountListModel : public CellModel<AccountRow> {
    Q_OBJECT
public:
    using CellModel<AccountRow>::CellModel;

    void setNow(qint64 now); // for what counts down
    static QString sample(AccountColumn column);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    Cell cell(int column, const AccountRow& row) const override;
    QString key(const AccountRow& row) const override { return row.account.name; }
    QString number(const AccountRow& row) const override { return row.account.addressOfRecord(); }

private:
    qint64 m_now = 0;
};

} // namespace hs::ui
