// JitterScript: the lines of a scenario, with its macros and repetitions written out. '#' begins a
// comment. `repeat N` ... `end` stands for its lines N times; `define NAME` ... `end` makes a
// command of lines. Both may stand in one another.
#pragma once

#include <QByteArrayList>
#include <QString>

#include <map>
#include <vector>

namespace hs::test {

class JitterScript {
public:
    struct Line {
        int number = 0; // in the file
        QByteArrayList words;
    };

    explicit JitterScript(const QByteArray& text);

    const std::vector<Line>& lines() const { return m_lines; }
    const QString& error() const { return m_error; } // empty: there is none

private:
    using Lines = std::vector<Line>;

    void write(const Lines& lines, std::size_t from, std::size_t to, int depth);
    std::size_t endOf(const Lines& lines, std::size_t at);
    void fail(const Line& line, const QString& why);

    std::map<QByteArray, Lines> m_macros;
    Lines m_lines;
    QString m_error;
};

} // namespace hs::test
