#include "call/CallerFacts.h"

#include "base/Text.h"
#include "call/DialTarget.h"

#include <algorithm>
#include <array>

namespace hs::call {

namespace {
constexpr std::uint32_t longestWish = 60;

bool isCallable(const sip::NameAddr& address)
{
    return address.uri.isSip() || address.uri.scheme == "tel";
}

std::optional<sip::NameAddr> firstAddress(const sip::Message& message, sip::HeaderId id)
{
    for (const QByteArrayView value : message.headers.values(id)) {
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
    // party=called says whom the call is for.
    for (const QByteArrayView value : invite.headers.values(sip::HeaderId::RemotePartyId)) {
        const auto party = sip::NameAddr::parse(value);
        if (party && isCallable(*party)
            && (!party->params.has("party")
                || base::equalsIgnoreCase(party->params.unquoted("party"), "calling"))) {
            return party;
        }
    }
    return std::nullopt;
}

QString numberIn(const sip::NameAddr& address)
{
    return numberOf(address.uri, base::printable(address.displayName, 128));
}

// RFC 4458 section 2, RFC 7544 section 4: why a call was sent on.
bool isDiversion(QByteArrayView cause)
{
    static constexpr std::array causes{"302", "404", "408", "480", "486", "487", "503"};
    return std::any_of(causes.begin(), causes.end(),
                       [cause](const char* known) { return cause == QByteArrayView(known); });
}

// "Reason=SIP%3Bcause%3D302" among the headers of an old target (RFC 4244 section 4.1).
bool saysWhyItWasLeft(const sip::NameAddr& entry)
{
    const QByteArray headers = QByteArray::fromPercentEncoding(base::toLower(entry.uri.headers));
    const qsizetype reason = headers.indexOf("reason=sip");
    const qsizetype cause = reason < 0 ? -1 : headers.indexOf("cause=", reason);
    return cause >= 0 && isDiversion(headers.mid(cause + 6, 3));
}

// Who stands before the last diversion of the history (RFC 7044 section 10). Most entries are steps
// on the way to the one who was called: from an address of record to where it is registered.
std::optional<sip::NameAddr> divertingEntry(const QList<sip::NameAddr>& history)
{
    for (qsizetype i = history.size() - 1; i > 0; --i) {
        const sip::NameAddr& entry = history.at(i);
        const sip::NameAddr& before = history.at(i - 1);
        if (const QByteArray mapped = entry.params.unquoted("mp"); !mapped.isEmpty()) {
            const auto from =
                std::find_if(history.begin(), history.begin() + i, [&](const sip::NameAddr& one) {
                    return one.params.unquoted("index") == mapped;
                });
            return from == history.begin() + i ? before : *from;
        }
        if (const auto cause = entry.uri.params.find("cause"); cause && isDiversion(*cause)) {
            return before;
        }
        if (saysWhyItWasLeft(before)) {
            return before;
        }
        const bool isTagged = entry.params.has("rc") || entry.params.has("np");
        if (!isTagged && entry.uri.user != before.uri.user) { // of servers that tag nothing
            return before;
        }
    }
    return std::nullopt;
}

QString diversion(const sip::Request& invite)
{
    // RFC 5806 section 4: the topmost is the last to have diverted.
    if (const auto diverting = firstAddress(invite, sip::HeaderId::Diversion)) {
        return numberIn(*diverting);
    }
    QList<sip::NameAddr> history;
    for (const QByteArrayView value : invite.headers.values(sip::HeaderId::HistoryInfo)) {
        if (const auto entry = sip::NameAddr::parse(value); entry && isCallable(*entry)) {
            history.append(*entry);
        }
    }
    const auto diverting = divertingEntry(history);
    return diverting ? numberIn(*diverting) : QString();
}

std::optional<std::chrono::seconds> secondsOf(const QByteArray& text)
{
    const auto seconds = base::parseU32(text.trimmed());
    return seconds ? std::optional(std::chrono::seconds(std::min(*seconds, longestWish)))
                   : std::nullopt;
}

// The parameters behind one element of Call-Info or Alert-Info; none if they are malformed.
sip::Params paramsOf(QByteArrayView element)
{
    const qsizetype from = element.indexOf(';', element.lastIndexOf('>') + 1);
    return from < 0 ? sip::Params()
                    : sip::Params::parse(element.sliced(from)).value_or(sip::Params());
}

// "<sip:pbx>;answer-after=0" (Call-Info of Asterisk, Snom, Yealink).
std::optional<std::chrono::seconds> answerAfter(QByteArrayView element)
{
    return secondsOf(paramsOf(element).unquoted("answer-after"));
}

// "Auto Answer" (Polycom), "info=alert-autoanswer;delay=0" (Grandstream), "info=intercom".
bool namesAutoAnswer(QByteArrayView element)
{
    const QByteArray lower = base::toLower(element);
    static constexpr std::array words{"auto answer", "auto-answer", "autoanswer",
                                      "ring-answer", "ring answer", "info=intercom"};
    return std::any_of(words.begin(), words.end(),
                       [&lower](const char* word) { return lower.contains(word); });
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

std::optional<sip::NameAddr> connectedParty(const sip::Message& message)
{
    if (const auto asserted = firstAddress(message, sip::HeaderId::PAssertedIdentity)) {
        return asserted;
    }
    // Of the far end some say "called" in what answers us and "calling" in what asks us, others the
    // one that it was when the call began.
    for (const QByteArrayView value : message.headers.values(sip::HeaderId::RemotePartyId)) {
        const auto party = sip::NameAddr::parse(value);
        const QByteArray role =
            party ? base::toLower(party->params.unquoted("party")) : QByteArray();
        if (party && isCallable(*party)
            && (role.isEmpty() || role == "calling" || role == "called")) {
            return party;
        }
    }
    return std::nullopt;
}

std::optional<std::chrono::seconds> autoAnswerWish(const sip::Request& invite)
{
    for (const QByteArrayView element : invite.headers.values(sip::HeaderId::CallInfo)) {
        if (const auto wish = answerAfter(element)) {
            return wish;
        }
    }
    if (const auto line = invite.headers.first(sip::HeaderId::AnswerMode)) {
        const auto mode = sip::ParameterizedValue::parse(*line);
        if (mode && base::equalsIgnoreCase(mode->value, "auto")) {
            return std::chrono::seconds(0);
        }
    }
    for (const QByteArrayView element : invite.headers.values(sip::HeaderId::AlertInfo)) {
        if (const auto wish = answerAfter(element)) {
            return wish;
        }
        if (namesAutoAnswer(element)) {
            return secondsOf(paramsOf(element).unquoted("delay")).value_or(std::chrono::seconds(0));
        }
    }
    return std::nullopt;
}

} // namespace hs::call
