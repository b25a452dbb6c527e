#include "JitterScript.h"

namespace hs::test {

JitterScript::JitterScript(const QByteArray& text)
{
    Lines lines;
    int number = 0;
    for (const QByteArray& raw : text.split('\n')) {
        ++number;
        const QByteArray line = raw.split('#').first().simplified();
        if (!line.isEmpty()) {
            lines.push_back({number, line.split(' ')});
        }
    }
    write(lines, 0, lines.size(), 0);
}

void JitterScript::fail(const Line& line, const QString& why)
{
    if (m_error.isEmpty()) {
        m_error = QStringLiteral("line %1: %2: %3")
                      .arg(line.number)
                      .arg(QString::fromLatin1(line.words.join(' ')), why);
    }
}

std::size_t JitterScript::endOf(const Lines& lines, std::size_t at)
{
    int open = 0;
    for (std::size_t i = at; i < lines.size(); ++i) {
        const QByteArray& word = lines[i].words[0];
        open += word == "repeat" || word == "define" ? 1 : 0;
        open -= word == "end" ? 1 : 0;
        if (open == 0) {
            return i;
        }
    }
    fail(lines[at], QStringLiteral("it has no end"));
    return lines.size();
}

void JitterScript::write(const Lines& lines, std::size_t from, std::size_t to, int depth)
{
    for (std::size_t i = from; i < to && m_error.isEmpty(); ++i) {
        const Line& line = lines[i];
        const QByteArray& word = line.words[0];
        const auto macro = m_macros.find(word);
        if (depth > 5 || word == "end") {
            fail(line, QStringLiteral("nothing to end, or a macro within itself"));
        } else if (macro != m_macros.end()) {
            const Lines body = macro->second;
            write(body, 0, body.size(), depth + 1);
        } else if (word == "repeat" || word == "define") {
            const std::size_t end = endOf(lines, i);
            if (line.words.size() != 2 || end == lines.size()) {
                fail(line, QStringLiteral("not understood"));
            } else if (word == "define") {
                m_macros[line.words[1]] = Lines(lines.begin() + std::ptrdiff_t(i) + 1,
                                                lines.begin() + std::ptrdiff_t(end));
            } else {
                for (int n = line.words[1].toInt(); n > 0 && m_error.isEmpty(); --n) {
                    write(lines, i + 1, end, depth + 1);
                }
            }
            i = end;
        } else {
            m_lines.push_back(line);
        }
    }
}

} // namespace hs::test
