// LampListModel: the extensions that are watched, each with its lamp. Thread: GUI.
#pragma once

#include "model/Account.h"
#include "ui/models/CellModel.h"

namespace hs::ui {

class LampListModel : public CellModel<model::BusyLamp> {
    Q_OBJECT
public:
    using CellModel<model::BusyLamp>::CellModel;

    int columnCount(const QModelIndex& parent = {}) const override;

protected:
    Cell cell(int column, const model::BusyLamp& lamp) const override;
    QString key(const model::BusyLamp& lamp) const override
    {
        return lamp.account + QLatin1Char('\n') + lamp.extension;
    }
    QString number(const model::BusyLamp& lamp) const override { return lamp.extension; }
};

} // namespace hs::ui
