// EngineFacade: the engine as the window sees it: calls, log, recordings, programs, sound, status.
// Abstract, so that an engine far away can stand behind the same face one day. Commands return at
// once and never block; what comes of them arrives as a signal. Thread: GUI, calls and signals.
#pragma once

#include "engine/AccountsFacade.h"
#include "engine/SoundFacade.h"
#include "model/Client.h"
#include "model/EngineStatus.h"
#include "model/LogEntry.h"
#include "model/Recording.h"
#include "model/RefusedReferral.h"

#include <QObject>

#include <optional>

namespace hs::engine {

class CallsFacade : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // A number or a sip: URI, as typed; by that account, or by the one that fits best.
    virtual void dial(const QString& target, const QString& account = {}) = 0;
    virtual void answer(model::CallId id) = 0; // by the operator, who then has the headset
    virtual void hangUp(model::CallId id) = 0; // CANCEL, 486 or BYE, whatever fits the state
    virtual void take(model::CallId id) = 0; // connects the headset to a call of whoever's
    virtual void setHeld(model::CallId id, bool held) = 0;
    // What the call is spoken in from now on, of model::allCodecs(), in order of choice.
    virtual void setCodecs(model::CallId id, const QStringList& order) = 0;
    virtual void sendDigits(model::CallId id, const QString& digits) = 0; // DTMF
    // Blind: the far end calls the target instead. How it goes is in the call.
    virtual void transfer(model::CallId id, const QString& target) = 0;
    // Attended: the far ends of two calls get each other.
    virtual void transferToCall(model::CallId id, model::CallId other) = 0;
    // All of them hear each other, and the operator who has the headset of one; those on hold are
    // resumed. Answered calls only, two or more; one of a conference stands for all of it.
    virtual void join(const QList<model::CallId>& ids) = 0;
    // Each leaves its conference and is held: of several in one order, as the last two of a
    // conference are one no more when the first of them has left.
    virtual void split(const QList<model::CallId>& ids) = 0;
    virtual void splitAll(model::CallId id) = 0; // of that call's conference
    virtual void hangUpConference(model::CallId id) = 0; // all calls of it
    virtual void setMuted(bool muted) = 0; // the operator's microphone
    virtual void setAutoAnswer(std::optional<int> afterSeconds) = 0; // none: never

Q_SIGNALS:
    // New calls and new states at once, figures a few times a second. A call whose state is Ended
    // comes once more and then never again.
    void changed(const QList<hs::model::Call>& calls);
    // What an operator asked for could not be done: one sentence, and the call it concerned or 0.
    void refused(hs::model::CallId id, const QString& reason);
    void referralRefused(const hs::model::RefusedReferral& referral);
};

class LogFacade : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void query(quint64 requestId, const model::LogQuery& query) = 0;
    virtual void markMissedSeen() = 0;

Q_SIGNALS:
    void page(quint64 requestId, const hs::model::LogPage& page);
    void failed(quint64 requestId, const QString& problem); // no page comes: one sentence
    void rowsChanged(); // something was added or changed: ask again
};

class RecordingsFacade : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void query(quint64 requestId, const QString& text, int limit) = 0;
    virtual QString folder() const = 0;

Q_SIGNALS:
    void listed(quint64 requestId, const QList<hs::model::Recording>& recordings);
    void failed(quint64 requestId, const QString& problem); // they can't be read: one sentence
    void listChanged();
};

// Plays one recording at a time on the operator's speaker.
class PlaybackFacade : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void play(const QString& path) = 0; // from its start, or on after pause()
    virtual void pause() = 0;
    virtual void stop() = 0;
    virtual void seek(qint64 positionMs) = 0;

Q_SIGNALS:
    // Ten times a second while playing, and at each change. `error` is empty or a sentence.
    void stateChanged(const QString& path, bool playing, qint64 positionMs, qint64 durationMs,
                      const QString& error);
};

class ClientsFacade : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void disconnectClient(quint64 id) = 0;

Q_SIGNALS:
    void changed(const QList<hs::model::Client>& clients);
};

class StatusFacade : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual model::EngineStatus status() const = 0; // the last one told

Q_SIGNALS:
    void changed(const hs::model::EngineStatus& status);
};

class EngineFacade {
public:
    virtual ~EngineFacade() = default;
    virtual CallsFacade& calls() = 0;
    virtual LogFacade& log() = 0;
    virtual RecordingsFacade& recordings() = 0;
    virtual PlaybackFacade& playback() = 0;
    virtual ClientsFacade& clients() = 0;
    virtual StatusFacade& status() = 0;
    virtual AccountsFacade& accounts() = 0;
    virtual SoundFacade& sound() = 0;
};

} // namespace hs::engine
