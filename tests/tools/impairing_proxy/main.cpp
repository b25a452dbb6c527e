// impairing_proxy [JSON]: a bad network between two RTP ends, on loopback. Prints its ports as a
// line of JSON, obeys what it reads from standard input (see ProxyControl.h), and ends with that.
#include "ProxyControl.h"
#include "base/QtScheduler.h"
#include "base/QtSocketFactory.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSocketNotifier>

#include <cstdio>
#include <unistd.h>

using namespace hs;
using namespace hs::test;

namespace {

void say(const QJsonObject& what)
{
    std::printf("%s\n", QJsonDocument(what).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

int fail(const QString& why)
{
    std::fprintf(stderr, "impairing_proxy: %s\n", qPrintable(why));
    return 2;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QJsonDocument given = QJsonDocument::fromJson(argc > 1 ? QByteArray(argv[1]) : "{}");
    if (argc > 2 || !given.isObject()) {
        return fail(QStringLiteral("usage: impairing_proxy [JSON OBJECT]"));
    }
    const auto options = ProxyControl::options(given.object());
    if (!options) {
        return fail(options.error().text);
    }
    const base::SystemClock clock;
    base::QtScheduler scheduler(clock);
    base::QtSocketFactory sockets;
    const auto proxy = UdpProxy::make(sockets, scheduler, *options);
    if (!proxy) {
        return fail(proxy.error().text);
    }
    ProxyControl control(**proxy);
    QByteArray read;
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [&] {
        std::array<char, 4096> buffer;
        const ssize_t size = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (size <= 0) {
            input.setEnabled(false);
            QCoreApplication::quit();
            return;
        }
        read.append(buffer.data(), size);
        for (qsizetype end = read.indexOf('\n'); end >= 0; end = read.indexOf('\n')) {
            say(control.obey(read.left(end)));
            read.remove(0, end + 1);
        }
    });
    say(control.ports());
    return QCoreApplication::exec();
}
