// CoreWords: what the core says of servers and connections, in the operator's language. The core
// knows no languages: its sentences are English, for the log and for programs. Those that operators
// see most are in the catalogue (context hs::sip), with %1 and so on where a name or number stands.
// Thread: GUI (pure functions).
#pragma once

#include <QString>

namespace hs::ui {

class CoreWords {
public:
    // A sentence that is not known, or longer than any is, stays as it is. What stands in it may be
    // a sentence of its own: why a connection failed.
    static QString translated(const QString& sentence);
    // The same, but of a connection that failed why alone: where it went stands beside it.
    static QString reason(const QString& sentence);
};

} // namespace hs::ui
