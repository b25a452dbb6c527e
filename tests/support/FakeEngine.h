// FakeEngine: an engine without calls, sockets or sound, for tests of the window: writes down what
// it is asked for, answers questions from lists that the test fills, and tells what the test wants
// told. Answers to questions come with the next turn of the event loop, as the real one's do.
#pragma once

#include "engine/EngineFacade.h"
#include "support/FakeSound.h"

namespace hs::test {

class FakeCalls final : public engine::CallsFacade {
    Q_OBJECT
public:
    void dial(const QString& target, const QString& account) override;
    void answer(model::CallId id) override;
    void hangUp(model::CallId id) override;
    void take(model::CallId id) override;
    void setHeld(model::CallId id, bool held) override;
    void setCodecs(model::CallId id, const QStringList& order) override;
    void sendDigits(model::CallId id, const QString& digits) override;
    void transfer(model::CallId id, const QString& target) override;
    void transferToCall(model::CallId id, model::CallId other) override;
    void join(const QList<model::CallId>& ids) override;
    void split(const QList<model::CallId>& ids) override;
    void splitAll(model::CallId id) override;
    void hangUpConference(model::CallId id) override;
    void setMuted(bool muted) override;
    void setAutoAnswer(std::optional<int> afterSeconds) override;

    // What was asked for since the last time: "dial 123", "dial 123 by office", "answer 4".
    QStringList takeOrders();

private:
    QStringList m_orders;
};

class FakeLog final : public engine::LogFacade {
    Q_OBJECT
public:
    void query(quint64 requestId, const model::LogQuery& query) override;
    void markMissedSeen() override;

    QList<model::LogEntry> entries; // newest first
    int missedTotal = 0;
    QList<model::LogQuery> queries; // every one that came
    QString problem; // why nothing can be read; empty: all is well
    bool silent = false; // keeps its answers back until answerHeld()
    void answerHeld();

private:
    model::LogPage answer(const model::LogQuery& query) const;

    QList<QPair<quint64, model::LogQuery>> m_held;
};

class FakeRecordings final : public engine::RecordingsFacade {
    Q_OBJECT
public:
    void query(quint64 requestId, const QString& text, int limit) override;
    QString folder() const override { return QStringLiteral("/var/recordings"); }

    QList<model::Recording> recordings;
    QString problem; // why nothing can be read; empty: all is well
    int asked = 0; // how often
};

class FakePlayback final : public engine::PlaybackFacade {
    Q_OBJECT
public:
    void play(const QString& path) override;
    void pause() override;
    void stop() override;
    void seek(qint64 positionMs) override;

    qint64 durationMs = 60000; // of whatever is played
    QStringList orders;
    void advanceTo(qint64 positionMs); // as if it had played on
    void fail(const QString& error);

private:
    void tell(const QString& error = {});

    QString m_path;
    bool m_playing = false;
    qint64 m_positionMs = 0;
};

class FakeClients final : public engine::ClientsFacade {
    Q_OBJECT
public:
    void disconnectClient(quint64 id) override { disconnected << id; }
    QList<quint64> disconnected;
};

class FakeStatus final : public engine::StatusFacade {
    Q_OBJECT
public:
    model::EngineStatus status() const override { return m_status; }
    void set(const model::EngineStatus& status);

private:
    model::EngineStatus m_status;
};

class FakeAccounts final : public engine::AccountsFacade {
    Q_OBJECT
public:
    QList<model::AccountState> states() const override { return m_states; }
    QList<model::Account> accounts() const override { return m_accounts; }
    QStringList codecs() const override { return generalCodecs; }
    void save(const model::Account& account, const QString& formerName,
              const QString& password) override;
    void remove(const QString& name) override;
    void setRegistered(const QString& name, bool registered) override;
    void pickUp(const QString& account, const QString& extension) override;
    void queryMessages(int limit) override;

    // "save office was home password x", "remove home", "register home", "pickUp home 201"
    QStringList takeOrders();
    QList<model::Account> saved; // what came with each save
    QList<model::TextMessage> logged; // listed at once
    QStringList generalCodecs;
    void set(const QList<model::Account>& accounts, const QList<model::AccountState>& states);

private:
    QStringList m_orders;
    QList<model::Account> m_accounts;
    QList<model::AccountState> m_states;
};

class FakeEngine final : public engine::EngineFacade {
public:
    FakeCalls& calls() override { return m_calls; }
    FakeLog& log() override { return m_log; }
    FakeRecordings& recordings() override { return m_recordings; }
    FakePlayback& playback() override { return m_playback; }
    FakeClients& clients() override { return m_clients; }
    FakeStatus& status() override { return m_status; }
    FakeAccounts& accounts() override { return m_accounts; }
    FakeSound& sound() override { return m_sound; }

private:
    FakeCalls m_calls;
    FakeLog m_log;
    FakeRecordings m_recordings;
    FakePlayback m_playback;
    FakeClients m_clients;
    FakeStatus m_status;
    FakeAccounts m_accounts;
    FakeSound m_sound;
};

} // namespace hs::test
