#include "ui/CoreWords.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <vector>

namespace hs::ui {

namespace {
constexpr qsizetype longest = 800;
constexpr int deepest = 3; // sentences in sentences

// Word by word as the core has them; a test holds them against its source.
constexpr const char* sentences[] = {
    QT_TRANSLATE_NOOP("hs::sip", "the server refuses user name or password for '%1'"),
    QT_TRANSLATE_NOOP("hs::sip",
                      "the server asks for a password for '%1', and none is known: set the "
                      "account's password"),
    QT_TRANSLATE_NOOP("hs::sip",
                      "somebody who is no server of the account asks for a password for '%1'; the "
                      "account's is for its own servers only"),
    QT_TRANSLATE_NOOP("hs::sip",
                      "the server asks for a kind of authentication that Hookswitch does not have "
                      "(it has Digest with MD5 and SHA-256)"),
    QT_TRANSLATE_NOOP("hs::sip",
                      "the server does not let '%1' register (%2): check user name and password, "
                      "and at the server whether it may register from here and how many telephones "
                      "it may have"),
    QT_TRANSLATE_NOOP("hs::sip",
                      "the server knows no '%1' at %2 (%3): check the account's user name and "
                      "domain"),
    QT_TRANSLATE_NOOP("hs::sip",
                      "the server takes no registrations (%1): check the account's registrar, or "
                      "let the account not register"),
    QT_TRANSLATE_NOOP("hs::sip",
                      "the server can't do it at present (%1): if that stays so, ask who runs it"),
    QT_TRANSLATE_NOOP("hs::sip", "the server refuses to register '%1' (%2): ask who runs it"),
    QT_TRANSLATE_NOOP("hs::sip", "the server says yes, but keeps no binding for us"),
    QT_TRANSLATE_NOOP("hs::sip",
                      "the server %1 does not answer over %2: check its address and port, and that "
                      "it runs"),
    QT_TRANSLATE_NOOP("hs::sip", "connecting to %1 over %2 failed: %3"),
    QT_TRANSLATE_NOOP("hs::sip", "the connection was refused; nothing listens there"),
    QT_TRANSLATE_NOOP("hs::sip", "the far end closed the connection"),
    QT_TRANSLATE_NOOP("hs::sip", "the far end does not answer"),
    QT_TRANSLATE_NOOP("hs::sip", "the network reports: %1"),
    QT_TRANSLATE_NOOP("hs::sip", "what answers there does not speak TLS"),
    QT_TRANSLATE_NOOP("hs::sip", "no answer within %1 s"),
    QT_TRANSLATE_NOOP("hs::sip", "no TLS handshake within %1 s"),
    QT_TRANSLATE_NOOP("hs::sip", "the certificate is for %1, not for '%2'"),
    QT_TRANSLATE_NOOP("hs::sip", "the certificate expired on %1"),
    QT_TRANSLATE_NOOP("hs::sip",
                      "the certificate is valid from %1 on; is the date of this machine right?"),
    QT_TRANSLATE_NOOP("hs::sip",
                      "the certificate is signed by itself and not known here; if it is the right "
                      "one, name it in sip_tls_ca"),
    QT_TRANSLATE_NOOP("hs::sip",
                      "the certificate is of an authority that is not known here (%1); name the "
                      "authority's own certificate in sip_tls_ca"),
    QT_TRANSLATE_NOOP("hs::sip", "the far end showed no certificate"),
    QT_TRANSLATE_NOOP("hs::sip", "the certificate is not accepted: %1"),
    QT_TRANSLATE_NOOP("hs::sip", "the name '%1' does not exist"),
    QT_TRANSLATE_NOOP("hs::sip", "'%1' exists but has no address"),
    QT_TRANSLATE_NOOP("hs::sip", "'%1' is served by '%2': %3"),
    QT_TRANSLATE_NOOP("hs::sip", "no DNS server answered (asked %1) for '%2'"),
    QT_TRANSLATE_NOOP("hs::sip",
                      "no DNS server has an answer (asked %1) for '%2': refused, failing or out of "
                      "reach"),
};

struct Pattern {
    const char* sentence;
    QRegularExpression matches; // its groups: %1, %2, ... in this order
};

const std::vector<Pattern>& patterns()
{
    static const std::vector<Pattern> all = [] {
        std::vector<Pattern> made;
        for (const char* sentence : sentences) {
            QString escaped = QRegularExpression::escape(QLatin1String(sentence));
            for (const char* mark : {"\\%1", "\\%2", "\\%3"}) {
                escaped.replace(QLatin1String(mark), QStringLiteral("(.+?)"));
            }
            made.push_back({sentence,
                            QRegularExpression(QRegularExpression::anchoredPattern(escaped),
                                               QRegularExpression::DotMatchesEverythingOption)});
        }
        return made;
    }();
    return all;
}

QString translated(const QString& said, int depth)
{
    if (said.size() > longest || depth == 0) {
        return said;
    }
    for (const Pattern& pattern : patterns()) {
        const QRegularExpressionMatch match = pattern.matches.match(said);
        if (!match.hasMatch()) {
            continue;
        }
        const QString shown = QCoreApplication::translate("hs::sip", pattern.sentence);
        QStringList inside = match.capturedTexts().mid(1);
        for (QString& each : inside) {
            each = translated(each, depth - 1);
        }
        switch (inside.size()) { // at once: what is put in may have marks itself
        case 0:
            return shown;
        case 1:
            return shown.arg(inside.at(0));
        case 2:
            return shown.arg(inside.at(0), inside.at(1));
        default:
            return shown.arg(inside.at(0), inside.at(1), inside.at(2));
        }
    }
    return said;
}
} // namespace

QString CoreWords::reason(const QString& sentence)
{
    static const QRegularExpression connecting(
        QStringLiteral("^connecting to \\S+ over [A-Z]+ failed: (.+)$"),
        QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = connecting.match(sentence);
    return translated(match.hasMatch() ? match.captured(1) : sentence);
}

QString CoreWords::translated(const QString& sentence)
{
    return ui::translated(sentence, deepest);
}

} // namespace hs::ui
