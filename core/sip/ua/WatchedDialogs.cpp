#include "sip/ua/WatchedDialogs.h"

#include <algorithm>

namespace hs::sip {

namespace {
constexpr std::size_t mostDialogs = 64;
}

WatchedDialogs::Update WatchedDialogs::take(const DialogInfo& info)
{
    if (info.isFull) {
        // Whatever its version: NOTIFYs out of order were refused by their CSeq, and some notifiers
        // never count.
        m_dialogs.clear();
        m_isComplete = true;
    } else if (m_isKnown && info.version <= m_version) {
        return Update::Outdated;
    } else if (!m_isKnown || info.version != m_version + 1) {
        m_isComplete = false;
    }
    m_isKnown = true;
    m_version = info.version;
    for (const DialogInfo::Dialog& dialog : info.dialogs) {
        put(dialog);
    }
    return m_isComplete ? Update::Taken : Update::Incomplete;
}

void WatchedDialogs::takeNothing()
{
    m_dialogs.clear();
    m_isKnown = true;
    m_isComplete = false; // what is told next may be changes of what was not told
}

void WatchedDialogs::put(const DialogInfo::Dialog& dialog)
{
    const QByteArray key = dialog.id.isEmpty() ? dialog.callId : dialog.id;
    if (dialog.state == DialogInfo::State::Terminated) {
        m_dialogs.erase(key);
    } else if (m_dialogs.size() < mostDialogs || m_dialogs.contains(key)) {
        m_dialogs[key] = dialog;
    }
}

WatchedDialogs::Lamp WatchedDialogs::lamp() const
{
    if (!m_isKnown) {
        return Lamp::Unknown;
    }
    const auto call = shown();
    if (!call) {
        return Lamp::Idle;
    }
    return call->isRinging() ? Lamp::Ringing : Lamp::Busy;
}

std::optional<DialogInfo::Dialog> WatchedDialogs::shown() const
{
    const auto rank = [](const DialogInfo::Dialog& dialog) {
        if (dialog.isRinging()) {
            return 3;
        }
        if (dialog.state == DialogInfo::State::Confirmed) {
            return 2;
        }
        // What is only just arriving has not begun to ring; what is dialled occupies.
        return dialog.direction == DialogInfo::Direction::Initiator ? 1 : 0;
    };
    const DialogInfo::Dialog* best = nullptr;
    for (const auto& [id, dialog] : m_dialogs) {
        if (rank(dialog) > (best ? rank(*best) : 0)) {
            best = &dialog;
        }
    }
    return best ? std::optional(*best) : std::nullopt;
}

std::optional<PickupTarget> WatchedDialogs::pickupTarget() const
{
    const auto fits = [](const auto& entry) {
        const DialogInfo::Dialog& dialog = entry.second;
        return dialog.isRinging() && !dialog.callId.isEmpty() && !dialog.localTag.isEmpty()
            && !dialog.remoteTag.isEmpty();
    };
    const auto it = std::find_if(m_dialogs.cbegin(), m_dialogs.cend(), fits);
    if (it == m_dialogs.cend()) {
        return std::nullopt;
    }
    const DialogInfo::Dialog& dialog = it->second;
    return PickupTarget{dialog.callId, dialog.localTag, dialog.remoteTag,
                        dialog.remoteTarget.isEmpty() ? dialog.remoteIdentity : dialog.remoteTarget,
                        dialog.remoteIdentity};
}

} // namespace hs::sip
