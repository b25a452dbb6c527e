#include "sip/ua/DialogInfo.h"

#include "base/Text.h"

#include <QXmlStreamReader>

#include <optional>

namespace hs::sip {

namespace {
constexpr qsizetype mostBytes = 64 * 1024;
constexpr qsizetype mostDialogs = 64;
constexpr qsizetype longestText = 512;
constexpr int deepest = 16;
constexpr qsizetype mostAttributes = 64;

using Xml = QXmlStreamReader;

// The reader does not look at namespaces: notifiers use prefixes that they never declare.
QStringView localName(const Xml& xml)
{
    const QStringView name = xml.qualifiedName();
    return name.sliced(name.lastIndexOf(u':') + 1);
}

QByteArray attribute(const Xml& xml, const char* name)
{
    const QStringView value = xml.attributes().value(QLatin1String(name));
    return value.first(std::min(value.size(), longestText)).toUtf8();
}

// Of an element that holds nothing else; behind its end then.
QString text(Xml& xml)
{
    const QString whole = xml.readElementText(Xml::SkipChildElements).trimmed();
    return whole.first(std::min(whole.size(), longestText));
}

std::optional<DialogInfo::State> stateNamed(const QString& name)
{
    using State = DialogInfo::State;
    static constexpr std::pair<const char*, State> names[] = {{"trying", State::Trying},
                                                              {"proceeding", State::Proceeding},
                                                              {"early", State::Early},
                                                              {"confirmed", State::Confirmed},
                                                              {"terminated", State::Terminated}};
    for (const auto& [known, state] : names) {
        if (name.compare(QLatin1String(known), Qt::CaseInsensitive) == 0) {
            return state;
        }
    }
    return std::nullopt;
}

void readRemote(Xml& xml, DialogInfo::Dialog& dialog)
{
    while (xml.readNextStartElement()) {
        const QStringView name = localName(xml);
        if (name == u"identity") {
            dialog.remoteName = QString::fromUtf8(attribute(xml, "display"));
            dialog.remoteIdentity = text(xml).toUtf8();
        } else if (name == u"target") {
            dialog.remoteTarget = attribute(xml, "uri");
            xml.skipCurrentElement();
        } else {
            xml.skipCurrentElement();
        }
    }
}

// Nothing if it has no state that we know: a call of which nobody can say how it is.
std::optional<DialogInfo::Dialog> readDialog(Xml& xml)
{
    DialogInfo::Dialog dialog;
    dialog.id = attribute(xml, "id");
    dialog.callId = attribute(xml, "call-id");
    dialog.localTag = attribute(xml, "local-tag");
    dialog.remoteTag = attribute(xml, "remote-tag");
    const QByteArray direction = attribute(xml, "direction");
    if (base::equalsIgnoreCase(direction, "initiator")) {
        dialog.direction = DialogInfo::Direction::Initiator;
    } else if (base::equalsIgnoreCase(direction, "recipient")) {
        dialog.direction = DialogInfo::Direction::Recipient;
    }
    std::optional<DialogInfo::State> state;
    while (xml.readNextStartElement()) {
        const QStringView name = localName(xml);
        if (name == u"state") {
            state = stateNamed(text(xml));
        } else if (name == u"remote") {
            readRemote(xml, dialog);
        } else {
            xml.skipCurrentElement();
        }
    }
    if (!state) {
        return std::nullopt;
    }
    dialog.state = *state;
    return dialog;
}

// First and for all: what may be deep or a bomb is refused before anything is built of it.
QString faultOf(const QByteArray& body)
{
    if (body.size() > mostBytes) {
        return QStringLiteral("it is longer than 64 KiB");
    }
    Xml xml(body);
    xml.setNamespaceProcessing(false);
    int depth = 0;
    while (!xml.atEnd()) {
        switch (xml.readNext()) {
        case Xml::DTD:
            return QStringLiteral("it has a document type declaration, which nobody needs here");
        case Xml::StartElement:
            if (++depth > deepest || xml.attributes().size() > mostAttributes) {
                return QStringLiteral(
                    "its elements are nested too deep or have too many attributes");
            }
            break;
        case Xml::EndElement:
            --depth;
            break;
        default:
            break;
        }
    }
    return xml.hasError() ? QStringLiteral("line %1: %2")
                                .arg(xml.lineNumber())
                                .arg(base::printable(xml.errorString(), 120))
                          : QString();
}
} // namespace

base::Result<DialogInfo> DialogInfo::parse(const QByteArray& body)
{
    const auto refuse = [](const QString& why) {
        return base::Error{QStringLiteral("the server's list of calls can't be read: %1").arg(why)};
    };
    if (const QString fault = faultOf(body); !fault.isEmpty()) {
        return refuse(fault);
    }
    Xml xml(body);
    xml.setNamespaceProcessing(false);
    if (!xml.readNextStartElement() || localName(xml) != u"dialog-info") {
        return refuse(QStringLiteral("it is no dialog-info document"));
    }
    DialogInfo info;
    info.version = base::parseU32(attribute(xml, "version").trimmed()).value_or(0);
    info.isFull = !base::equalsIgnoreCase(attribute(xml, "state"), "partial");
    info.entity = attribute(xml, "entity");
    while (xml.readNextStartElement()) {
        if (localName(xml) != u"dialog") {
            xml.skipCurrentElement();
            continue;
        }
        std::optional<Dialog> dialog = readDialog(xml);
        if (dialog && info.dialogs.size() < mostDialogs) {
            info.dialogs.append(std::move(*dialog));
        }
    }
    return info;
}

} // namespace hs::sip
