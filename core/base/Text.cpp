#include "base/Text.h"

#include <QList>

#include <algorithm>

namespace hs::base {

namespace {
char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool isHarmless(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return category != QChar::Other_Control && category != QChar::Other_Format
        && category != QChar::Other_Surrogate && category != QChar::Separator_Line
        && category != QChar::Separator_Paragraph;
}
} // namespace

bool equalsIgnoreCase(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size()
        && std::equal(a.begin(), a.end(), b.begin(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

QByteArray toLower(QByteArrayView text)
{
    QByteArray result = text.toByteArray();
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

QByteArrayView trimmed(QByteArrayView text)
{
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && blank(text.front())) {
        text = text.sliced(1);
    }
    while (!text.isEmpty() && blank(text.back())) {
        text.chop(1);
    }
    return text;
}

std::optional<std::uint32_t> parseU32(QByteArrayView text)
{
    if (text.isEmpty()) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
        if (value > 0xffffffffULL) {
            return std::nullopt;
        }
    }
    return static_cast<std::uint32_t>(value);
}

QString printable(QByteArrayView text, int most)
{
    return printable(QString::fromUtf8(text), most);
}

QString printable(const QByteArray& text, int most)
{
    return printable(QByteArrayView(text), most);
}

QString printable(const QString& text, int most)
{
    QString result;
    const QList<uint> codePoints = text.left(2 * most).toUcs4();
    for (const uint c : codePoints) {
        if (result.size() >= most) {
            result += QChar(0x2026);
            break;
        }
        if (isHarmless(c)) {
            result += QString::fromUcs4(reinterpret_cast<const char32_t*>(&c), 1);
        } else {
            result += QStringLiteral("\\x%1").arg(c, 2, 16, QLatin1Char('0'));
        }
    }
    return result;
}

} // namespace hs::base
