// ControlSettings: what of the configuration concerns the control server, with the token read from
// its file. Thread: a value; from() and readTokenFile() read a file.
#pragma once

#include "base/HostPort.h"
#include "model/Settings.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace hs::control {

struct ControlSettings {
    QList<base::Endpoint> listen; // empty: 127.0.0.1:8080 and, where there is IPv6, [::1]:8080
    QByteArray token; // empty: none is asked for
    bool plainOk = false; // other machines may be served without TLS
    bool queryToken = false; // ?token= is taken as well
    QStringList origins; // "https://crm.example.com", beside requests without Origin and our own
    QList<base::HostPort> hosts; // names we are called by, beside our addresses; port 0: any
    bool legacyRingingEvent = true;
    bool clientsHearOperator = true;

    static base::Result<ControlSettings> from(const model::Settings& settings);

    // Anyone who can reach the port can place calls: beyond this machine only with a token, and
    // with TLS unless it is waived. Says which key to change.
    base::Result<void> check() const;

    friend bool operator==(const ControlSettings&, const ControlSettings&) = default;
};

// One token in the file, blanks around it are dropped. Warns in the log if others can read it.
base::Result<QByteArray> readTokenFile(const QString& path);

} // namespace hs::control
