#include "sip/ua/BodyPart.h"

#include "base/Text.h"

namespace hs::sip {

namespace {
constexpr int deepest = 4;
constexpr int mostParts = 16;

// The value of a parameter of a header such as Content-Type, unquoted; empty if it is not there.
QByteArray parameter(QByteArrayView value, QByteArrayView name)
{
    QByteArray result;
    qsizetype position = value.indexOf(';');
    while (position >= 0) {
        const qsizetype next = value.indexOf(';', position + 1);
        const QByteArrayView piece =
            value.sliced(position + 1, (next < 0 ? value.size() : next) - position - 1);
        const qsizetype equals = piece.indexOf('=');
        if (equals > 0 && base::equalsIgnoreCase(base::trimmed(piece.first(equals)), name)) {
            QByteArrayView found = base::trimmed(piece.sliced(equals + 1));
            if (found.size() >= 2 && found.startsWith('"') && found.endsWith('"')) {
                found = found.sliced(1, found.size() - 2);
            }
            return found.toByteArray();
        }
        position = next;
    }
    return result;
}

QByteArray mediaType(QByteArrayView value)
{
    const qsizetype semicolon = value.indexOf(';');
    QByteArray type = base::toLower(base::trimmed(semicolon < 0 ? value : value.first(semicolon)));
    type.replace(' ', "");
    return type;
}

struct Part {
    QByteArray type;
    QByteArray boundary;
    QByteArray charset;
    bool optional = false;
    QByteArrayView content;
};

Part parsePart(QByteArrayView bytes)
{
    Part part;
    part.type = "text/plain";
    while (!bytes.isEmpty()) {
        const qsizetype lineEnd = bytes.indexOf('\n');
        QByteArrayView line = lineEnd < 0 ? bytes : bytes.first(lineEnd);
        bytes = lineEnd < 0 ? QByteArrayView() : bytes.sliced(lineEnd + 1);
        if (line.endsWith('\r')) {
            line.chop(1);
        }
        if (line.isEmpty()) {
            break;
        }
        const qsizetype colon = line.indexOf(':');
        if (colon < 0) {
            continue;
        }
        const QByteArrayView name = base::trimmed(line.first(colon));
        const QByteArrayView value = base::trimmed(line.sliced(colon + 1));
        if (base::equalsIgnoreCase(name, "Content-Type") || base::equalsIgnoreCase(name, "c")) {
            part.type = mediaType(value);
            part.boundary = parameter(value, "boundary");
            part.charset = parameter(value, "charset");
        } else if (base::equalsIgnoreCase(name, "Content-Disposition")) {
            part.optional = base::equalsIgnoreCase(parameter(value, "handling"), "optional");
        }
    }
    part.content = bytes;
    return part;
}

BodyPart search(const Part& part, QByteArrayView wanted, int depth);

BodyPart searchMultipart(const Part& whole, QByteArrayView wanted, int depth)
{
    if (whole.boundary.isEmpty() || depth > deepest) {
        return {BodyPart::Kind::Unsupported, {}, {}};
    }
    const QByteArray delimiter = "--" + whole.boundary;
    BodyPart result;
    qsizetype position = whole.content.indexOf(delimiter);
    for (int i = 0; i < mostParts && position >= 0; ++i) {
        const qsizetype start = position + delimiter.size();
        if (whole.content.sliced(start).startsWith("--")) {
            break;
        }
        const qsizetype lineEnd = whole.content.indexOf('\n', start);
        const qsizetype end = whole.content.indexOf(delimiter, start);
        if (lineEnd < 0 || end < 0 || lineEnd + 1 > end) {
            break;
        }
        QByteArrayView bytes = whole.content.sliced(lineEnd + 1, end - lineEnd - 1);
        // The line end before the delimiter belongs to the delimiter (RFC 2046 section 5.1.1).
        if (bytes.endsWith('\n')) {
            bytes.chop(1);
        }
        if (bytes.endsWith('\r')) {
            bytes.chop(1);
        }
        const BodyPart found = search(parsePart(bytes), wanted, depth + 1);
        if (found.kind == BodyPart::Kind::Found) {
            return found;
        }
        if (found.kind == BodyPart::Kind::Unsupported) {
            result = found;
        }
        position = end;
    }
    return result;
}

BodyPart search(const Part& part, QByteArrayView wanted, int depth)
{
    if (part.type == wanted) {
        return {BodyPart::Kind::Found, part.content.toByteArray(), part.charset};
    }
    if (part.type == "multipart/mixed" || part.type == "multipart/alternative"
        || part.type == "multipart/related") {
        return searchMultipart(part, wanted, depth);
    }
    return {part.optional ? BodyPart::Kind::None : BodyPart::Kind::Unsupported, {}, {}};
}
} // namespace

BodyPart findBodyPart(const Message& message, QByteArrayView type)
{
    const auto contentType = message.headers.first("Content-Type");
    if (message.body.isEmpty() || !contentType) {
        return {
            message.body.isEmpty() ? BodyPart::Kind::None : BodyPart::Kind::Unsupported, {}, {}};
    }
    Part whole;
    whole.type = mediaType(*contentType);
    whole.boundary = parameter(*contentType, "boundary");
    whole.charset = parameter(*contentType, "charset");
    if (const auto disposition = message.headers.first("Content-Disposition")) {
        whole.optional = base::equalsIgnoreCase(parameter(*disposition, "handling"), "optional");
    }
    whole.content = message.body;
    return search(whole, type, 0);
}

} // namespace hs::sip
