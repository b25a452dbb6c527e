// WatchedDialogs: the calls of one watched extension as the documents of a subscription build them
// up (RFC 4235 section 4), the lamp that follows, and the ringing call that could be picked up.
// One for each subscription dialog: reset() when a new one begins. Thread: a value.
#pragma once

#include "sip/ua/DialogInfo.h"

#include <map>
#include <optional>

namespace hs::sip {

// A call that rings elsewhere, for Replaces (RFC 3891), tags as the extension that rings sees them.
struct PickupTarget {
    QByteArray callId;
    QByteArray localTag;
    QByteArray remoteTag;
    QByteArray caller; // a URI where the caller is reached; empty where the notifier hides it
    QByteArray identity; // the URI by which the caller is known; may be empty

    // The value of Replaces in an INVITE to the caller, or to a server that stands in for it: there
    // the ringing extension is the far end.
    QByteArray replaces() const
    {
        return callId + ";to-tag=" + remoteTag + ";from-tag=" + localTag + ";early-only";
    }
    friend bool operator==(const PickupTarget&, const PickupTarget&) = default;
};

class WatchedDialogs {
public:
    enum class Lamp { Unknown, Idle, Ringing, Busy };
    enum class Update {
        Taken,
        Outdated, // changes older than what is known: ignored
        Incomplete // taken, but changes before it are missing: ask for the full state
    };

    Update take(const DialogInfo& info);
    // The notifier knows of no call, as a whole document without one would say.
    void takeNothing();
    void reset() { *this = {}; }

    // Ringing if any incoming call waits for an answer, Busy if the extension has any other call
    // (one it is dialling too). Unknown before the first document.
    Lamp lamp() const;
    // The call that the lamp tells of: the ringing one, else one that is talked on.
    std::optional<DialogInfo::Dialog> shown() const;
    // Of the ringing call, where the notifier gives all of it.
    std::optional<PickupTarget> pickupTarget() const;

private:
    void put(const DialogInfo::Dialog& dialog);

    std::map<QByteArray, DialogInfo::Dialog> m_dialogs; // by id
    std::uint32_t m_version = 0;
    bool m_isKnown = false; // anything came
    bool m_isComplete = false; // a full state came, and no gap since
};

} // namespace hs::sip
