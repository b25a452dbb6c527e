// Options of an engine on loopback whose files are all in one folder, for tests with whole engines.
#pragma once

#include "engine/EngineCore.h"

#include <QDir>

namespace hs::test {

// The folder is made. RTP takes 80 ports from the first one.
inline engine::EngineCore::Options loopbackEngine(const QString& folder, std::uint16_t firstPort)
{
    if (!QDir().mkpath(folder)) {
        qFatal("%s can't be made", qPrintable(folder));
    }
    engine::EngineCore::Options options;
    options.program = QStringLiteral("test");
    options.settings.sipAddress = base::IpAddress::loopbackV4();
    options.settings.sipPort = 0;
    options.settings.rtpPortFirst = firstPort;
    options.settings.rtpPortLast = static_cast<std::uint16_t>(firstPort + 79);
    options.settings.webSocketListen = {{base::IpAddress::loopbackV4(), 0}};
    options.settings.greeting = QStringLiteral("none");
    options.settings.database = folder + QStringLiteral("/calls.db");
    options.settings.recordings = folder + QStringLiteral("/recordings");
    return options;
}

} // namespace hs::test
