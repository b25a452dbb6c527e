// CallEvents: what has happened on each live call, in words with their time, as far as the window
// saw it: told by one picture of a call after the other. Bounded; what has ended is forgotten with
// its row. Thread: GUI.
#pragma once

#include "model/Call.h"

#include <QCoreApplication>
#include <QHash>
#include <QList>

namespace hs::ui {

class CallEvents {
    Q_DECLARE_TR_FUNCTIONS(hs::ui::CallEvents)
public:
    static constexpr qsizetype mostOfACall = 40; // the first one and the last ones stay

    struct Event {
        qint64 at = 0; // UTC ms
        QString words;
        friend bool operator==(const Event&, const Event&) = default;
    };

    // All calls that there are now, ended ones included as long as they are shown.
    void see(const QList<model::Call>& calls, qint64 now);
    QList<Event> of(model::CallId id) const { return m_calls.value(id).events; }

private:
    struct Known {
        model::Call last;
        QList<Event> events;
    };
    static void compare(Known& known, const model::Call& now, qint64 at);

    QHash<model::CallId, Known> m_calls;
};

} // namespace hs::ui
