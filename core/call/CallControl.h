// CallControl: what can be done with calls, and what is told of them, for everyone who controls
// calls: the window's facade, the text protocol, later JSON-RPC. CallManager is the real one.
// Thread: core.
#pragma once

#include "base/Result.h"
#include "model/Call.h"

#include <QObject>

#include <optional>

namespace hs::call {

struct DialRequest {
    QString target; // a number (blanks, dots, dashes, parentheses are dropped) or a sip: URI
    model::Actor by; // who owns the call
    QString account{}; // whose call it is; empty: the default's for a number, by its host for a URI
};

class CallControl : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // Errors are sentences for whoever asked. A dialled call that fails after this returned ends
    // with its final code and reason.
    virtual base::Result<model::CallId> dial(const DialRequest& request) = 0;
    virtual base::Result<void> answer(model::CallId id, const model::Actor& by) = 0;
    // A ringing incoming call, with a final code of 4xx to 6xx.
    virtual base::Result<void> reject(model::CallId id, const model::Actor& by, int code) = 0;
    // Whatever ends the call in its state: CANCEL, 486 or BYE.
    virtual base::Result<void> hangUp(model::CallId id, const model::Actor& by) = 0;
    // Connects the operator's headset, answering first if the call rings; another call that has
    // the headset is held.
    virtual base::Result<void> take(model::CallId id) = 0;
    virtual base::Result<void> setHeld(model::CallId id, bool held) = 0;
    // 0-9, *, #, A-D; "w" and "," are pauses of half a second and of two.
    virtual base::Result<void> sendDigits(model::CallId id, const QString& digits) = 0;
    // The far end is asked to call the target instead (REFER); how that goes is in the call.
    virtual base::Result<void> transfer(model::CallId id, const QString& target) = 0;
    // Connects the far ends of two calls with each other (REFER with Replaces) and lets go of both.
    virtual base::Result<void> transferToCall(model::CallId id, model::CallId other) = 0;
    // All of them hear each other from now on, and the operator who has the headset of one. Those
    // on hold are resumed first; one whose far end refuses that stays outside, on hold. Answered
    // calls only; a conference's call stands for all of it.
    virtual base::Result<void> join(const QList<model::CallId>& ids) = 0;
    // That one leaves its conference and is held; the others go on.
    virtual base::Result<void> split(model::CallId id) = 0;
    // What the call is to be spoken in from now on, of model::allCodecs(), in order of choice.
    virtual base::Result<void> setCodecs(model::CallId id, const QStringList& order) = 0;
    // Answers here what rings at an extension that this account watches; empty: whichever does.
    virtual base::Result<model::CallId> pickUp(const QString& account, const QString& extension,
                                               const model::Actor& by) = 0;

    virtual QList<model::Call> calls() const = 0; // alive, oldest first
    virtual std::optional<model::Call> find(model::CallId id) const = 0; // alive

Q_SIGNALS:
    // In this order for each call: added, any number of changed (one of them, if the call is
    // answered, followed by established), ended. Nothing after ended.
    void added(const hs::model::Call& call); // RingingIn or Dialing (its INVITE is being sent)
    void changed(const hs::model::Call& call, const hs::model::Call& before);
    // The ACK has come (incoming) or was sent (outgoing): audio flows from here on.
    void established(const hs::model::Call& call);
    void ended(const hs::model::Call& call);
};

} // namespace hs::call
