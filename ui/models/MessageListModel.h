// MessageListModel: the texts that came in, newest first. Thread: GUI.
#pragma once

#include "model/TextMessage.h"
#include "ui/models/CellModel.h"

#include <functional>

namespace hs::ui {

enum class MessageColumn { Time, From, For, Text };
constexpr int messageColumnCount = 4;

class MessageListModel : public CellModel<model::TextMessage> {
    Q_OBJECT
public:
    explicit MessageListModel(std::function<qint64()> now, QObject* parent = nullptr);

    static QString sample(MessageColumn column);
    // Who sent it, fit for a label; never empty.
    static QString sender(const model::TextMessage& message);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    Cell cell(int column, const model::TextMessage& message) const override;
    QString key(const model::TextMessage& message) const override;
    QString number(const model::TextMessage& message) const override;

private:
    std::function<qint64()> m_now;
};

} // namespace hs::ui
