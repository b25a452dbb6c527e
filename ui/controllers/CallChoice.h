// CallChoice: which call the operator's keys mean. The selected row comes first; without one it is
// the call on the headset, else the only call that is the operator's. The choice follows the
// headset when that goes to another call, and leaves a call that ends. Since a key pressed twice
// must never meet another call, hanging up is refused for a moment after the choice has moved by
// itself. Thread: GUI.
#pragma once

#include "model/Call.h"

#include <QObject>

#include <optional>

namespace hs::ui {

class CallController;

class CallChoice : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 settlesMs = 1000; // longer than a double press, shorter than a thought

    // The controller outlives this.
    explicit CallChoice(const CallController& controller, QObject* parent = nullptr);

    std::optional<model::CallId> selected() const { return m_selected; }
    std::optional<model::Call> current() const; // what the next order is for
    // With several rows selected all of them that live, if they are several still; else current().
    QList<model::Call> meant(const QList<model::CallId>& selection) const;
    std::optional<model::Call> toAnswer() const; // the selected one, or whoever waits longest
    std::optional<model::Call> toHangUp() const; // as current(), once the choice has settled
    // What is to be told about: as current(), but also a selected call that has ended.
    std::optional<model::Call> shown() const;

    void setSelected(std::optional<model::CallId> id); // of the live sessions, as they show it
    void choose(model::CallId id); // by an order of the operator's
    void update(); // after the calls have changed

Q_SIGNALS:
    void selectRequested(hs::model::CallId id);
    void chosen(); // by an order
    void movedByItself(); // what was asked about the former call is no longer meant

private:
    std::optional<model::Call> find(std::optional<model::CallId> id) const;
    std::optional<model::Call> onlyOne() const;
    std::optional<model::Call> successor() const;
    void follow();

    const CallController& m_controller;
    std::optional<model::CallId> m_selected;
    std::optional<model::CallId> m_dropped; // was selected until just now
    std::optional<model::CallId> m_headset;
    std::optional<model::CallId> m_meant; // current(), when it was last looked at
    qint64 m_movedAt = 0; // by itself; 0: it has settled
    bool m_selectedLives = false;
};

} // namespace hs::ui
