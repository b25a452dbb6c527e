#include "control/TextProtocol.h"

#include "base/Text.h"
#include "control/AudioText.h"

#include <QStringBuilder>

#include <algorithm>
#include <array>

namespace hs::control::text {

namespace {
constexpr QStringView separator(u"##");
constexpr qsizetype longestTarget = 256;

base::Error refuse(const QString& why)
{
    return {why};
}

// What CallControl::dial() can make something of; the rest never gets there.
bool isInNumbers(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'A' && c <= u'D') || (c >= u'a' && c <= u'd')
        || QStringView(u"+*# .-()/").contains(c);
}

bool isDialable(const QString& target)
{
    constexpr std::array<QStringView, 4> schemes{u"sip:", u"sips:", u"tel:", u"callto:"};
    const bool isUri = target.contains(u'@')
        || std::any_of(schemes.begin(), schemes.end(), [&](QStringView scheme) {
                           return target.size() > scheme.size()
                               && target.startsWith(scheme, Qt::CaseInsensitive);
                       });
    if (isUri) {
        return std::all_of(target.begin(), target.end(),
                           [](QChar c) { return c >= u' ' && c != QChar(0x7f); });
    }
    return std::all_of(target.begin(), target.end(), isInNumbers)
        && std::any_of(target.begin(), target.end(),
                       [](QChar c) { return c.isDigit() || c == u'*' || c == u'#'; });
}

base::Result<Command> dial(const QString& argument)
{
    if (argument.size() > longestTarget || !isDialable(argument)) {
        return refuse(QStringLiteral("CALL: '%1' is neither a number nor a sip: URI")
                          .arg(base::printable(argument, 80)));
    }
    return Command{Dial{argument}};
}

base::Result<Command> play(QStringView argument)
{
    Play command;
    const qsizetype split = argument.lastIndexOf(separator);
    QStringView encoded = argument;
    if (split >= 0) {
        command.callId = argument.first(split).toString();
        encoded = argument.sliced(split + separator.size());
    }
    // The form without an id has come in hex from some programs and in base64 from others.
    const bool hex = split < 0 && isHex(encoded);
    const auto bytes = hex ? decodeHex(encoded) : decodeBase64(encoded);
    if (!bytes) {
        return refuse(u"RTP: " % bytes.error().text);
    }
    auto samples = samplesOf(*bytes);
    if (!samples) {
        return refuse(u"RTP: " % samples.error().text);
    }
    command.samples = std::move(*samples);
    return Command{std::move(command)};
}
} // namespace

base::Result<Command> parse(const QString& message)
{
    const qsizetype colon = message.indexOf(u':');
    const QStringView name = QStringView(message).first(colon < 0 ? message.size() : colon);
    if (colon < 0 && name == u"BYE") {
        return Command{HangUp{}};
    }
    constexpr std::array<QStringView, 8> names{u"CALL",        u"CALL_ANS",    u"RING_ANS",
                                               u"CALL_IGNORE", u"RING_IGNORE", u"HANGUP",
                                               u"BYE",         u"RTP"};
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        return refuse(
            QStringLiteral("'%1' is no command; the commands are CALL, CALL_ANS, RING_ANS, "
                           "CALL_IGNORE, RING_IGNORE, HANGUP, BYE and RTP")
                .arg(base::printable(name.left(80).toString(), 40)));
    }
    const QString argument = colon < 0 ? QString() : message.sliced(colon + 1);
    if (argument.isEmpty() && name != u"RTP") {
        return refuse(QStringLiteral("%1: nothing stands behind it; write %1:%2")
                          .arg(name,
                               name == u"CALL" || name == u"RING_ANS" ? QLatin1String("NUMBER")
                                                                      : QLatin1String("CALL_ID")));
    }
    if (name == u"CALL") {
        return dial(argument);
    }
    if (name == u"RTP") {
        return colon < 0 ? refuse(QStringLiteral("RTP: no audio stands behind it"))
                         : play(argument);
    }
    if (name == u"CALL_ANS") {
        return Command{AnswerCall{argument}};
    }
    if (name == u"RING_ANS") {
        return Command{AnswerNumber{argument}};
    }
    if (name == u"CALL_IGNORE" || name == u"RING_IGNORE") {
        return Command{Ignore{argument}};
    }
    return Command{HangUp{argument}};
}

std::optional<AudioForm> audioFormFromWord(QByteArrayView word)
{
    constexpr std::array<std::pair<QByteArrayView, AudioForm>, 4> words{
        {{"hex", AudioForm::Hex},
         {"pt_hex", AudioForm::PayloadTypeHex},
         {"base64", AudioForm::Base64},
         {"off", AudioForm::Off}}};
    const auto found = std::find_if(words.begin(), words.end(),
                                    [word](const auto& each) { return each.first == word; });
    return found == words.end() ? std::nullopt : std::optional(found->second);
}

QString ringing(const QString& number, const QString& callId)
{
    return u"RING_ANS:" % number % separator % callId;
}

QString dialing(const QString& number, const QString& callId)
{
    return u"DIALING:" % number % separator % callId;
}

QString answered(const QString& callId)
{
    return u"CALL_ANS:" % callId;
}

QString callIgnored(const QString& callId)
{
    return u"CALL_IGNORE:" % callId;
}

QString ringIgnored(const QString& callId)
{
    return u"RING_IGNORE:" % callId;
}

QString callFailed(int status, const QString& reason)
{
    // The far end's own words: without line ends or escapes for whoever prints them.
    return u"CALL_FAILED:" % QString::number(status) % u' ' % base::printable(reason, 200);
}

QString ended(const QString& callId)
{
    return u"BYE:" % callId;
}

QString error(const QString& reason)
{
    return u"ERROR:" % reason;
}

QString audioHex(std::span<const std::byte> payload)
{
    QString message;
    message.reserve(4 + 2 * static_cast<qsizetype>(payload.size()));
    message += u"RTP:";
    appendHex(message, payload);
    return message;
}

QString audioPayloadTypeHex(std::uint8_t payloadType, std::span<const std::byte> payload)
{
    QString message;
    message.reserve(9 + 2 * static_cast<qsizetype>(payload.size()));
    message += u"RTP:" % QString::number(payloadType) % separator;
    appendHex(message, payload);
    return message;
}

QString audioBase64(const QString& callId, std::span<const std::byte> nativeSamples)
{
    QString message = u"RTP:" % callId % separator;
    appendBase64(message, toLittleEndian(nativeSamples));
    return message;
}

} // namespace hs::control::text
