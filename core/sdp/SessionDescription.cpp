#include "sdp/SessionDescription.h"

#include "base/Text.h"
#include "sdp/SdpParser.h"

#include <algorithm>

namespace hs::sdp {

namespace {
const Attribute* find(const QList<Attribute>& attributes, QByteArrayView name)
{
    const auto found =
        std::find_if(attributes.begin(), attributes.end(), [name](const Attribute& attribute) {
            return base::equalsIgnoreCase(attribute.name, name);
        });
    return found == attributes.end() ? nullptr : &*found;
}

void writeLine(QByteArray& out, char type, const QByteArray& value)
{
    out += type;
    out += '=';
    out += value;
    out += "\r\n";
}

// "IN IP4 192.0.2.1": the family follows from the colon, for a host name is never written with one.
QByteArray netAddress(const QByteArray& host)
{
    return (host.contains(':') ? QByteArrayLiteral("IN IP6 ") : QByteArrayLiteral("IN IP4 "))
        + host;
}

void writeOthers(QByteArray& out, const QList<OtherLine>& lines, QByteArrayView types)
{
    for (const char type : types) {
        for (const OtherLine& line : lines) {
            if (line.type == type) {
                writeLine(out, type, line.value);
            }
        }
    }
}

void writeOthersBut(QByteArray& out, const QList<OtherLine>& lines, QByteArrayView types)
{
    for (const OtherLine& line : lines) {
        if (!types.contains(line.type)) {
            writeLine(out, line.type, line.value);
        }
    }
}

void writeAttributes(QByteArray& out, const QList<Attribute>& attributes)
{
    for (const Attribute& attribute : attributes) {
        writeLine(out, 'a',
                  attribute.value.isNull() ? attribute.name
                                           : attribute.name + ':' + attribute.value);
    }
}

void writeMedia(QByteArray& out, const MediaDescription& media)
{
    QByteArray line = media.type + ' ' + QByteArray::number(media.port);
    if (media.portCount != 1) {
        line += '/' + QByteArray::number(media.portCount);
    }
    line += ' ' + media.protocol;
    for (const QByteArray& format : media.formats) {
        line += ' ' + format;
    }
    writeLine(out, 'm', line);
    writeOthers(out, media.otherLines, "i");
    if (media.connection) {
        writeLine(out, 'c', netAddress(media.connection->host));
    }
    writeOthers(out, media.otherLines, "cbk");
    writeOthersBut(out, media.otherLines, "icbk");
    writeAttributes(out, media.attributes);
}
} // namespace

QString SdpError::toString() const
{
    return line == 0 ? QStringLiteral("SDP: %1").arg(text)
                     : QStringLiteral("SDP line %1: %2").arg(line).arg(text);
}

Connection Connection::of(const base::IpAddress& address)
{
    // The interface of a link-local address ("%2") means nothing to anyone else.
    const QByteArray text = address.isNull() ? QByteArrayLiteral("0.0.0.0") : address.toString();
    const qsizetype scope = text.indexOf('%');
    return {address, scope < 0 ? text : text.first(scope)};
}

const Attribute* MediaDescription::findAttribute(QByteArrayView wanted) const
{
    return find(attributes, wanted);
}

const Attribute* SessionDescription::findAttribute(QByteArrayView wanted) const
{
    return find(attributes, wanted);
}

const Connection* SessionDescription::connectionOf(const MediaDescription& description) const
{
    if (description.connection) {
        return &*description.connection;
    }
    return connection ? &*connection : nullptr;
}

base::Result<SessionDescription, SdpError> SessionDescription::parse(QByteArrayView text)
{
    return SdpParser(text).run();
}

QByteArray SessionDescription::toBytes() const
{
    QByteArray out;
    out.reserve(512);
    writeLine(out, 'v', "0");
    writeLine(out, 'o',
              (origin.username.isEmpty() ? QByteArrayLiteral("-") : origin.username) + ' '
                  + QByteArray::number(origin.sessionId) + ' ' + QByteArray::number(origin.version)
                  + ' ' + netAddress(origin.address));
    writeLine(out, 's', name.isEmpty() ? QByteArrayLiteral("-") : name);
    writeOthers(out, otherLines, "iuep");
    if (connection) {
        writeLine(out, 'c', netAddress(connection->host));
    }
    writeOthers(out, otherLines, "cb");
    for (const Timing& timing : times) {
        writeLine(out, 't',
                  QByteArray::number(timing.start) + ' ' + QByteArray::number(timing.stop));
    }
    if (times.isEmpty()) {
        writeLine(out, 't', "0 0");
    }
    writeOthers(out, otherLines, "rzk");
    writeOthersBut(out, otherLines, "iuepcbrzk");
    writeAttributes(out, attributes);
    for (const MediaDescription& description : media) {
        writeMedia(out, description);
    }
    return out;
}

} // namespace hs::sdp
