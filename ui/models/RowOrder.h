// RowOrder: what a live session's row offers to do with it, as small buttons. Every one of them has
// a key as well. Thread: GUI (values, pure functions).
#pragma once

#include "model/Call.h"

#include <QCoreApplication>

namespace hs::ui {

enum class RowOrder { Answer, Decline, Hold, Resume, Transfer, HangUp };

class RowOrders {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::RowOrders)
public:
    static QList<RowOrder> of(const model::Call& call); // in their places
    static QString words(RowOrder order);
    static QString icon(RowOrder order);
};

} // namespace hs::ui

Q_DECLARE_METATYPE(QList<hs::ui::RowOrder>)
