#include "ui/models/CallEvents.h"

#include "ui/CallWords.h"
#include "ui/Formatting.h"
#include "ui/MediaWords.h"
#include "ui/TransferWords.h"

#include <QSet>

namespace hs::ui {

using model::Call;
using model::CallState;

namespace {
constexpr int mostWords = 200;
}

void CallEvents::see(const QList<Call>& calls, qint64 now)
{
    QSet<model::CallId> present;
    for (const Call& call : calls) {
        present << call.id;
        auto at = m_calls.find(call.id);
        if (at == m_calls.end()) {
            at = m_calls.insert(call.id, {});
            const qint64 begun = call.startedAt;
            at->last.id = call.id;
            at->last.state = call.direction == model::Direction::Incoming ? CallState::RingingIn
                                                                          : CallState::Dialing;
            at->last.owner = call.owner;
            at->events << Event{begun,
                                call.direction == model::Direction::Incoming ? tr("came in")
                                                                             : tr("dialled")};
        }
        compare(*at, call, now);
    }
    m_calls.removeIf([&present](const auto& entry) { return !present.contains(entry.key()); });
}

void CallEvents::compare(Known& known, const Call& now, qint64 at)
{
    const Call& last = known.last;
    const auto tell = [&known](qint64 when, const QString& words) {
        if (words.isEmpty()) {
            return;
        }
        known.events << Event{when, Formatting::plain(words, mostWords)};
        if (known.events.size() > mostOfACall) {
            known.events.removeAt(1);
        }
    };
    if (last.answeredAt == 0 && now.answeredAt != 0) {
        tell(now.answeredAt,
             now.direction == model::Direction::Incoming
                 //: %1 is who answered
                 ? tr("answered by %1").arg(CallWords::actor(now.answeredBy))
                 : tr("they answered"));
    }
    if (last.state != now.state && now.state == CallState::RingingOut) {
        tell(now.stateSince, tr("rings there"));
    }
    if (last.heldByUs != now.heldByUs && now.isAlive()) {
        tell(at, now.heldByUs ? tr("put on hold") : tr("taken off hold"));
    }
    if (last.heldByFarEnd != now.heldByFarEnd && now.isAlive()) {
        tell(at, now.heldByFarEnd ? tr("they put it on hold") : tr("they took it off hold"));
    }
    if (!(last.owner == now.owner) && now.isAlive() && now.wasAnswered() && last.wasAnswered()) {
        //: %1 is who has the call now
        tell(at, tr("%1 has it").arg(CallWords::actor(now.owner)));
    }
    if (last.conference != now.conference && now.isAlive()) {
        tell(at, now.conference != 0 ? CallWords::conference(now) : tr("left the conference"));
    }
    if (last.codec != now.codec && !now.codec.isEmpty()) {
        tell(at, now.codec);
    }
    if (now.digitsSent.size() > last.digitsSent.size()) {
        tell(at, tr("digits sent: %1").arg(now.digitsSent.mid(last.digitsSent.size())));
    }
    if (now.digitsReceived.size() > last.digitsReceived.size()) {
        tell(at, tr("digits received: %1").arg(now.digitsReceived.mid(last.digitsReceived.size())));
    }
    if (last.transfer != now.transfer || last.transferCode != now.transferCode) {
        tell(at, TransferWords::progress(now).text);
    }
    if (last.trouble != now.trouble && now.isAlive()) {
        const QString brief = MediaWords::trouble(now, at).brief;
        tell(at, now.trouble == model::MediaTrouble::None ? tr("the sound is well again") : brief);
    }
    if (last.recording != now.recording && now.isAlive()) {
        tell(at, now.recording ? tr("recording") : tr("recording stopped"));
    }
    if (last.isAlive() && !now.isAlive()) {
        tell(now.endedAt, CallWords::ending(now));
    }
    known.last = now;
}

} // namespace hs::ui
