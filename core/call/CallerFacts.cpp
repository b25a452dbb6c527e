#include "call/CallerFacts.h"

#include "base/Text.h"
#include "call/DialTarget.h"

#include <algorithm>

namespace hs::call {

namespace {
constexpr std::uint32_t longestWish = 60;

bool isCallable(const sip::NameAddr& address)
{
    return address.uri.isSip() || address.uri.scheme == "tel";
}

std::optional<sip::NameAddr> firstAddress(const sip::Request& invite, sip::HeaderId id)
{
    for (const QByteArrayView value : invite.headers.values(id)) {
        if (const auto address = sip::NameAddr::parse(value); address && isCallable(*address)) {
            return address;
        }
    }
    return std::nullopt;
}

std::optional<sip::NameAddr> assertedCaller(const sip::Request& invite)
{
    if (const auto asserted = firstAddress(invite, sip::HeaderId::PAssertedIdentity)) {
        return asserted;
    }
    const auto party = firstAddress(invite, sip::HeaderId::RemotePartyId);
    // party=called says whom the call is for.
    const bool isCaller = party
        && (!party->params.has("party")
            || base::equalsIgnoreCase(party->params.unquoted("party"), "calling"));
    return isCaller ? party : std::nullopt;
}

QString numberIn(const sip::NameAddr& address)
{
    return numberOf(address.uri, base::printable(address.displayName, 128));
}

QString diversion(const sip::Request& invite)
{
    // RFC 5806 section 4: the topmost is the last to have diverted.
    if (const auto diverting = firstAddress(invite, sip::HeaderId::Diversion)) {
        return numberIn(*diverting);
    }
    // RFC 7044: the entry before the last one, if the last has an index behind it.
    QList<sip::NameAddr> history;
    for (const QByteArrayView value : invite.headers.values(sip::HeaderId::HistoryInfo)) {
        if (const auto entry = sip::NameAddr::parse(value); entry && isCallable(*entry)) {
            history.append(*entry);
        }
    }
    return history.size() > 1 ? numberIn(history.at(history.size() - 2)) : QString();
}

std::optional<std::chrono::seconds> secondsOf(const QByteArray& text)
{
    const auto seconds = base::parseU32(text.trimmed());
    return seconds ? std::optional(std::chrono::seconds(std::min(*seconds, longestWish)))
                   : std::nullopt;
}

// "<sip:pbx>;answer-after=0" (Call-Info of Asterisk, Snom, Yealink).
std::optional<std::chrono::seconds> answerAfter(QByteArrayView value)
{
    const QByteArray lower = base::toLower(value);
    const qsizetype at = lower.indexOf("answer-after=");
    if (at < 0) {
        return std::nullopt;
    }
    qsizetype end = at + 13;
    while (end < lower.size() && lower.at(end) >= '0' && lower.at(end) <= '9') {
        ++end;
    }
    return secondsOf(lower.sliced(at + 13, end - at - 13));
}
} // namespace

CallerFacts readCaller(const sip::Request& invite, bool trusted)
{
    CallerFacts facts;
    facts.caller = invite.from().value_or(sip::NameAddr());
    facts.isAnonymous = base::equalsIgnoreCase(facts.caller.uri.host, "anonymous.invalid");
    if (trusted) {
        if (auto asserted = assertedCaller(invite)) {
            // Some assert a number and leave the name to From.
            if (asserted->displayName.isEmpty() && !facts.isAnonymous) {
                asserted->displayName = facts.caller.displayName;
            }
            facts.caller = *asserted;
        }
    }
    facts.displayName = base::printable(facts.caller.displayName, 128);
    facts.divertedBy = diversion(invite);
    return facts;
}

std::optional<std::chrono::seconds> autoAnswerWish(const sip::Request& invite)
{
    for (const QByteArrayView value : invite.headers.all(sip::HeaderId::CallInfo)) {
        if (const auto wish = answerAfter(value)) {
            return wish;
        }
    }
    if (const auto mode = invite.headers.first(sip::HeaderId::AnswerMode)) {
        if (base::toLower(*mode).trimmed().startsWith("auto")) {
            return std::chrono::seconds(0);
        }
    }
    for (const QByteArrayView value : invite.headers.all(sip::HeaderId::AlertInfo)) {
        const QByteArray lower = base::toLower(value);
        if (const auto wish = answerAfter(value)) {
            return wish;
        }
        for (const char* word : {"auto answer", "auto-answer", "autoanswer", "ring-answer",
                                 "ring answer", "info=intercom"}) {
            if (lower.contains(word)) {
                return std::chrono::seconds(0);
            }
        }
    }
    return std::nullopt;
}

} // namespace hs::call
