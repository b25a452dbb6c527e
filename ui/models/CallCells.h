// CallCells: the cells of one live session's row. Thread: GUI (pure functions).
#pragma once

#include "model/Call.h"
#include "ui/models/Cell.h"

#include <QCoreApplication>

namespace hs::ui {

enum class CallColumn { Key, State, Who, For, HasIt, Time, Levels, Codec, Quality, Loss, Notes, Orders };
constexpr int callColumnCount = 12;

class CallCells {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::CallCells)
public:
    static Cell cell(CallColumn column, const model::Call& call, qint64 now);
    static QString header(CallColumn column);
    static QString sample(CallColumn column); // a text as wide as the column should be

    // Loss from which on a call's row says so (30 per mille: G.711 with concealment is then heard
    // to suffer).
    static constexpr quint32 badLossPermille = 30;

private:
    static Cell state(const model::Call& call);
    static Cell who(const model::Call& call, qint64 now);
    static Cell whoseCall(const model::Call& call);
    static Cell hasIt(const model::Call& call);
    static Cell time(const model::Call& call, qint64 now);
    static Cell codec(const model::Call& call);
    static Cell quality(const model::Call& call, qint64 now);
    static Cell loss(const model::Call& call, qint64 now);
    static Cell notes(const model::Call& call);
    static Cell levels(const model::Call& call);
    static Cell orders(const model::Call& call);
};

Tone toneOf(const model::Call& call);

} // namespace hs::ui
