#include "support/FakeEngine.h"

#include <QMetaObject>

#include <utility>

namespace hs::test {

namespace {
QString withIds(const QString& order, const QList<model::CallId>& ids)
{
    QStringList words{order};
    for (const model::CallId id : ids) {
        words << QString::number(id);
    }
    return words.join(QLatin1Char(' '));
}
} // namespace

void FakeCalls::dial(const QString& target, const QString& account)
{
    m_orders << QStringLiteral("dial ") + target
            + (account.isEmpty() ? QString() : QStringLiteral(" by ") + account);
}

void FakeCalls::sendDigits(model::CallId id, const QString& digits)
{
    m_orders << QStringLiteral("digits %1 %2").arg(id).arg(digits);
}

void FakeCalls::transfer(model::CallId id, const QString& target)
{
    m_orders << QStringLiteral("transfer %1 to %2").arg(id).arg(target);
}

void FakeCalls::transferToCall(model::CallId id, model::CallId other)
{
    m_orders << QStringLiteral("transfer %1 to call %2").arg(id).arg(other);
}

void FakeCalls::join(const QList<model::CallId>& ids)
{
    m_orders << withIds(QStringLiteral("join"), ids);
}

void FakeCalls::split(const QList<model::CallId>& ids)
{
    m_orders << withIds(QStringLiteral("split"), ids);
}

void FakeCalls::splitAll(model::CallId id)
{
    m_orders << QStringLiteral("splitAll %1").arg(id);
}

void FakeCalls::hangUpConference(model::CallId id)
{
    m_orders << QStringLiteral("hangUpConference %1").arg(id);
}

void FakeCalls::answer(model::CallId id)
{
    m_orders << QStringLiteral("answer %1").arg(id);
}

void FakeCalls::hangUp(model::CallId id)
{
    m_orders << QStringLiteral("hangUp %1").arg(id);
}

void FakeCalls::take(model::CallId id)
{
    m_orders << QStringLiteral("take %1").arg(id);
}

void FakeCalls::setHeld(model::CallId id, bool held)
{
    m_orders << QStringLiteral("%1 %2")
                    .arg(held ? QStringLiteral("hold") : QStringLiteral("resume"))
                    .arg(id);
}

void FakeCalls::setCodecs(model::CallId id, const QStringList& order)
{
    m_orders << QStringLiteral("codecs %1 %2").arg(id).arg(order.join(u','));
}

void FakeCalls::setMuted(bool muted)
{
    m_orders << (muted ? QStringLiteral("mute") : QStringLiteral("unmute"));
}

void FakeCalls::setAutoAnswer(std::optional<int> afterSeconds)
{
    m_orders << (afterSeconds ? QStringLiteral("autoAnswer %1").arg(*afterSeconds)
                              : QStringLiteral("autoAnswer off"));
}

QStringList FakeCalls::takeOrders()
{
    return std::exchange(m_orders, {});
}

void FakeLog::query(quint64 requestId, const model::LogQuery& query)
{
    queries << query;
    if (silent) {
        m_held << QPair(requestId, query);
        return;
    }
    QMetaObject::invokeMethod(
        this,
        [this, requestId, query, why = problem] {
            if (why.isEmpty()) {
                Q_EMIT page(requestId, answer(query));
            } else {
                Q_EMIT failed(requestId, why);
            }
        },
        Qt::QueuedConnection);
}

void FakeLog::answerHeld()
{
    for (const auto& [id, query] : std::exchange(m_held, {})) {
        Q_EMIT page(id, answer(query));
    }
}

model::LogPage FakeLog::answer(const model::LogQuery& query) const
{
    model::LogPage page;
    page.missedTotal = missedTotal;
    for (const model::LogEntry& entry : entries) {
        const model::Call& call = entry.call;
        const bool fits =
            (query.text.isEmpty() || call.number.contains(query.text, Qt::CaseInsensitive)
             || call.displayName.contains(query.text, Qt::CaseInsensitive))
            && (!query.missedOnly || call.isMissed())
            && (!query.recordedOnly || !call.recordingPath.isEmpty())
            && (query.beforeRowId == 0 || entry.rowId < query.beforeRowId);
        if (!fits) {
            continue;
        }
        if (page.entries.size() == query.limit) {
            page.more = true;
            break;
        }
        page.entries << entry;
    }
    return page;
}

void FakeLog::markMissedSeen()
{
    missedTotal = 0;
    Q_EMIT rowsChanged();
}

void FakeRecordings::query(quint64 requestId, const QString& text, int limit)
{
    QList<model::Recording> found;
    for (const model::Recording& recording : std::as_const(recordings)) {
        if (found.size() < limit
            && (recording.number.contains(text) || recording.displayName.contains(text))) {
            found << recording;
        }
    }
    ++asked;
    QMetaObject::invokeMethod(
        this,
        [this, requestId, found, why = problem] {
            if (why.isEmpty()) {
                Q_EMIT listed(requestId, found);
            } else {
                Q_EMIT failed(requestId, why);
            }
        },
        Qt::QueuedConnection);
}

void FakePlayback::play(const QString& path)
{
    orders << QStringLiteral("play ") + path;
    m_positionMs = path == m_path ? m_positionMs : 0;
    m_path = path;
    m_playing = true;
    tell();
}

void FakePlayback::pause()
{
    orders << QStringLiteral("pause");
    m_playing = false;
    tell();
}

void FakePlayback::stop()
{
    orders << QStringLiteral("stop");
    m_path.clear();
    m_playing = false;
    m_positionMs = 0;
    tell();
}

void FakePlayback::seek(qint64 positionMs)
{
    orders << QStringLiteral("seek %1").arg(positionMs);
    advanceTo(positionMs);
}

void FakePlayback::advanceTo(qint64 positionMs)
{
    m_positionMs = positionMs;
    tell();
}

void FakePlayback::fail(const QString& error)
{
    m_playing = false;
    tell(error);
}

void FakePlayback::tell(const QString& error)
{
    Q_EMIT stateChanged(m_path, m_playing, m_positionMs, m_path.isEmpty() ? 0 : durationMs, error);
}

void FakeStatus::set(const model::EngineStatus& status)
{
    m_status = status;
    Q_EMIT changed(m_status);
}

void FakeAccounts::save(const model::Account& account, const QString& formerName,
                        const QString& password)
{
    QString order = QStringLiteral("save ") + account.name;
    order += formerName.isEmpty() ? QString() : QStringLiteral(" was ") + formerName;
    order += password.isEmpty() ? QString() : QStringLiteral(" password ") + password;
    m_orders << order;
    saved << account;
}

void FakeAccounts::queryMessages(int limit)
{
    Q_EMIT messagesListed(logged.mid(0, limit));
}

void FakeAccounts::remove(const QString& name)
{
    m_orders << QStringLiteral("remove ") + name;
}

void FakeAccounts::setRegistered(const QString& name, bool registered)
{
    m_orders << (registered ? QStringLiteral("register ") : QStringLiteral("unregister ")) + name;
}

void FakeAccounts::pickUp(const QString& account, const QString& extension)
{
    m_orders << QStringLiteral("pickUp %1 %2").arg(account, extension);
}

QStringList FakeAccounts::takeOrders()
{
    return std::exchange(m_orders, {});
}

void FakeAccounts::set(const QList<model::Account>& accounts,
                       const QList<model::AccountState>& states)
{
    m_accounts = accounts;
    m_states = states;
    Q_EMIT statesChanged(m_states);
}

} // namespace hs::test
