// Call: a picture of one call at one moment, as everyone outside hs_call sees it. Times are UTC
// milliseconds since 1970, 0 where the thing has not happened. Thread: a value.
#pragma once

#include "model/CallTypes.h"
#include "model/MediaStats.h"

#include <QMetaType>
#include <QStringList>

namespace hs::model {

struct Call {
    CallId id = 0;
    Direction direction = Direction::Incoming;
    CallState state = CallState::Ended;
    Actor owner; // who has it now
    Actor answeredBy;
    Actor endedBy;

    QString sipCallId; // the Call-ID header
    QString controlId; // the same, with ~2 where one Call-ID is alive twice: what clients use
    QString
        number; // user part of the far end's URI, unescaped; else its display name, else its host
    QString displayName; // as the far end gives it, may be empty
    QString remoteUri; // without parameters
    // Who is at the far end now, where that is somebody else by a server's word: a call that was
    // picked up elsewhere, or transferred. What was called, or called us, stays above.
    QString connectedNumber;
    QString connectedName;
    QString calledNumber; // incoming: the user part that was called
    QString account; // empty for a call without an account
    QString divertedBy; // incoming: who the caller had called first (Diversion, History-Info)
    QString transferredBy; // outgoing: whose far end asked us for this call (RFC 3515)
    static constexpr qsizetype mostDigits = 512; // kept of each direction
    QString digitsSent; // DTMF, in order
    QString digitsProblem; // why the far end did not take the last one; empty: none
    QString digitsReceived;
    TransferState transfer = TransferState::None; // of it to somebody else
    QString transferTarget; // whom it is transferred to
    int transferCode = 0; // the last SIP status that the far end reported
    MediaTrouble trouble = MediaTrouble::None; // what is wrong with its audio now
    qint64 troubleSince = 0;
    QString codec; // "PCMA", empty until negotiated
    QStringList codecs; // that it may be spoken in, of allCodecs(), in order of choice
    QString codecProblem; // why it is not spoken in the one that was chosen last; empty: it is
    int packetMs = 0; // of what we send
    QString remoteMedia; // "192.0.2.1:4000", empty until known
    QString foreignMedia; // from where else audio comes that is not taken; empty: from nowhere

    qint64 startedAt = 0; // INVITE received or sent
    qint64 ringingAt = 0; // 180 sent or received
    qint64 answeredAt = 0; // 2xx sent or received
    qint64 endedAt = 0;
    qint64 stateSince = 0;

    int finalCode = 0; // the final SIP status, 0 while there is none
    QString reason; // the words that go with it, or with a local failure

    bool heldByUs = false;
    bool heldByFarEnd = false;
    QString resumeProblem; // why the far end could not be had back from our hold; empty: none
    int conference = 0; // the calls of one number hear each other; 0: in none
    bool hasHeadset = false; // the operator's microphone and speaker are on this call
    bool muted = false; // the operator's microphone sends silence
    bool recording = false;
    QString recordingPath; // empty without one
    int listeners = 0; // programs that get its audio
    MediaStats media;

    bool isAlive() const { return state != CallState::Ended; }
    bool wasAnswered() const { return answeredAt != 0; }
    // Incoming, no 200, not rejected by us, not answered elsewhere.
    bool isMissed() const;
    qint64 durationMs(qint64 now) const; // answered to ended (or now); 0 if not answered

    friend bool operator==(const Call&, const Call&) = default;
};

} // namespace hs::model

Q_DECLARE_METATYPE(hs::model::Call)
