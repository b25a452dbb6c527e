// The part of Call that deals with its signalling once there is a session: offers of the far end,
// transfers in both directions, digits in INFO, the end.
#include "base/LogCategories.h"
#include "base/Text.h"
#include "call/Call.h"
#include "call/CallerFacts.h"
#include "call/DialTarget.h"
#include "call/DigitWords.h"
#include "sip/message/ReasonHeader.h"

#include <algorithm>
#include <array>

namespace hs::call {

using Teller = sip::ReferUsage::Teller;

namespace {
// A REFER that met a request of theirs is repeated (RFC 3261 section 14.1 for INVITE).
constexpr base::Duration pendingRetry = std::chrono::milliseconds(500);
constexpr int mostTimesPending = 5;
} // namespace

base::Result<void> Call::transfer(Transfer transfer)
{
    if (!m_session || !m_established) {
        return refuse("transferred");
    }
    if (!m_session->farEndAllows(sip::Method::Refer)) {
        return base::Error{
            QStringLiteral("the far end of call %1 can't be transferred: its telephone "
                           "or server does not know REFER")
                .arg(m_model.controlId)};
    }
    transfer.asked = transfer.targets.takeFirst();
    if (!refer(transfer.asked)) {
        return base::Error{
            QStringLiteral("a transfer of call %1 is under way already").arg(m_model.controlId)};
    }
    m_transfer = std::move(transfer);
    m_transferred.cancel();
    update([this](model::Call& call) {
        call.transfer = model::TransferState::Requested;
        call.transferTarget = m_transfer.words;
        call.transferCode = 0;
    });
    return {};
}

bool Call::refer(const sip::NameAddr& target)
{
    return m_session->refer(target, [this](int code, const QByteArray& reason, Teller by) {
        onTransferProgress(code, reason, by);
    });
}

void Call::onTransferProgress(int code, const QByteArray& reason, Teller by)
{
    const bool hasFailed = code >= 300;
    if (hasFailed && referOn(code, reason, by)) {
        return;
    }
    const QString said = QStringLiteral("%1 %2").arg(code).arg(base::printable(reason, 80));
    if (hasFailed) {
        qCWarning(base::lcCall).noquote()
            << "call" << m_model.controlId << "transfer to" << m_model.transferTarget
            << "has failed:" << said + QStringLiteral("; the call goes on");
    } else {
        qCInfo(base::lcCall).noquote()
            << "call" << m_model.controlId << "transfer to" << m_model.transferTarget << said;
    }
    const auto state = hasFailed ? model::TransferState::Failed
        : code >= 200            ? model::TransferState::Completed
        : code >= 180            ? model::TransferState::Ringing
                                 : model::TransferState::Trying;
    update([&](model::Call& call) {
        call.transfer = state;
        call.transferCode = code;
    });
    if (state == model::TransferState::Completed && m_model.isAlive()) {
        // They have each other now. Behind the 200 to the NOTIFY that says so, which a far end may
        // not await any more once it has our BYE.
        letGo(base::Duration(0));
        if (m_transfer.connected) {
            m_transfer.connected();
        }
    }
}

// RFC 5589 sections 7.5 and 7.6: where one address does not lead to the other party, another may;
// and who can't replace a call can be called. Behind the 200 to the NOTIFY that says so.
bool Call::referOn(int code, const QByteArray& reason, Teller by)
{
    constexpr std::array leadNowhere{403, 404, 410, 416, 420, 480, 481,
                                     482, 483, 484, 502, 503, 504};
    if (code == 420 && m_transfer.withoutReplaces) {
        m_transfer.targets = {*std::exchange(m_transfer.withoutReplaces, std::nullopt)};
    }
    // A far end that is just taking the call off hold, say, as some do where a call of theirs has
    // failed.
    const bool isPending = code == 491 && m_transfer.timesPending++ < mostTimesPending;
    // A far end that does not let itself be transferred does not elsewhere either.
    const bool isForbidden = by == Teller::FarEnd && code == 403;
    const bool isElsewhere = !m_transfer.targets.isEmpty() && !isForbidden
        && std::find(leadNowhere.begin(), leadNowhere.end(), code) != leadNowhere.end();
    if (!m_model.isAlive() || (!isPending && !isElsewhere)) {
        return false;
    }
    if (isElsewhere) {
        m_transfer.asked = m_transfer.targets.takeFirst();
    }
    qCInfo(base::lcCall).noquote()
        << "call" << m_model.controlId << "transfer to" << m_model.transferTarget
        << "is tried in another way after" << code << base::printable(reason, 80);
    m_transferred = m_context.scheduler.after(isPending ? pendingRetry : base::Duration(0),
                                              [this, code, reason, by] {
                                                  if (m_session && !refer(m_transfer.asked)) {
                                                      onTransferProgress(code, reason, by);
                                                  }
                                              });
    return true;
}

void Call::letGo(base::Duration patience)
{
    m_transferred = m_context.scheduler.after(patience, [this] {
        if (m_model.isAlive()) {
            endNow(m_model.owner);
        }
    });
}

void Call::reportTransfer(int code, const QByteArray& reason)
{
    if (m_session) {
        m_session->reportTransfer(code, reason);
    }
}

int Call::onRefer(const sip::ReferRequest& refer)
{
    return m_context.observer.onReferred(*this, refer);
}

void Call::onReferRefused(const QByteArray& target)
{
    m_context.observer.onReferredNowhere(*this, target);
}

std::optional<sip::DialogId> Call::dialog() const
{
    return m_session ? std::optional(m_session->dialog().id()) : std::nullopt;
}

std::optional<sip::Uri> Call::remoteTarget() const
{
    return m_session ? std::optional(m_session->dialog().remoteTarget()) : std::nullopt;
}

std::optional<sip::Uri> Call::remoteAddress() const
{
    return m_session ? std::optional(m_session->dialog().remote().uri) : std::nullopt;
}

int Call::onInfo(const sip::Request& info)
{
    if (info.body.isEmpty()) {
        return 200; // RFC 6086 section 4.2.2: a keep-alive of old times
    }
    const auto digit = readInfoDigit(info);
    if (!digit) {
        return 415;
    }
    received(digit->digit);
    return 200;
}

void Call::onAcknowledged(const QByteArray& sdp)
{
    if (m_offerInOk) {
        const base::Result<void, MediaRefusal> accepted = m_media.acceptAnswer(sdp);
        if (!accepted) {
            qCWarning(base::lcCall).noquote()
                << "call" << m_model.controlId
                << "is ended: the ACK's answer does not fit:" << accepted.error().text;
            m_session->hangUp();
            end(488, accepted.error().text, model::Actor::machine());
            return;
        }
        applyMedia();
    }
    becomeEstablished();
}

void Call::onIdentified(const sip::Message& message, const sip::Hop& from)
{
    const auto party =
        m_context.observer.trusts(from.remote.address()) ? connectedParty(message) : std::nullopt;
    if (!party) {
        return;
    }
    const QString name = base::printable(party->displayName, 128);
    const QString number = numberOf(party->uri, name);
    update([&](model::Call& call) {
        if (number == call.number) {
            call.connectedNumber.clear();
            call.connectedName.clear();
            call.displayName = name.isEmpty() ? call.displayName : name;
        } else if (number != call.connectedNumber || !name.isEmpty()) {
            call.connectedNumber = number;
            call.connectedName = name;
        }
    });
}

void Call::onEnded(const sip::InviteSession::Ending& ending)
{
    const model::Actor by = ending.byFarEnd ? model::Actor::farEnd() : model::Actor::machine();
    const int code = ending.code != 0 ? ending.code : m_model.finalCode;
    const QString reason = ending.byFarEnd ? sip::ReasonHeader::parse(ending.reason).words()
                                           : base::printable(ending.reason);
    end(code, reason.isEmpty() ? m_model.reason : reason, by);
}

} // namespace hs::call
