// Messages a second of one core (processor time, so that others' load does not count): parsing and
// printing of an INVITE with SDP, and of the largest datagrams that a peer can make expensive.
#include "Datagrams.h"

#include <cstdio>
#include <ctime>
#include <functional>

using namespace hs::sip;

namespace {
constexpr double measuredSeconds = 1.5;

double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void measure(const char* what, const std::function<qsizetype()>& once)
{
    qsizetype sink = 0;
    for (int i = 0; i < 20; ++i) {
        sink += once(); // warm
    }
    const double start = processorSeconds();
    double seconds = 0;
    qint64 rounds = 0;
    do {
        for (int i = 0; i < 50; ++i) {
            sink += once();
        }
        rounds += 50;
        seconds = processorSeconds() - start;
    } while (seconds < measuredSeconds);
    const double perSecond = static_cast<double>(rounds) / seconds;
    std::printf("%-34s %10.0f msg/s %9.2f us each%s\n", what, perSecond, 1e6 / perSecond,
                sink == 0 ? " (nothing done)" : "");
}

qsizetype parse(const QByteArray& bytes)
{
    const Parsed parsed = parseDatagram(bytes);
    return static_cast<qsizetype>(parsed.index()) + 1;
}
} // namespace

int main()
{
    const QByteArray invite = hs::test::typicalInvite();
    const Request request = hs::test::acceptedRequest(invite);
    measure("parse INVITE with SDP", [&] { return parse(invite); });
    measure("print INVITE with SDP", [&] { return request.toBytes().size(); });
    const QByteArray response = hs::test::responseWith("Content-Length: 0\n");
    measure("parse 200 to OPTIONS", [&] { return parse(response); });
    const QByteArray manyHeaders = hs::test::optionsWith(QByteArray("Z: y\n").repeated(10000));
    measure("parse 10,000 headers (refused)", [&] { return parse(manyHeaders); });
    const QByteArray manyCommas =
        hs::test::optionsWith("Contact: " + QByteArray("<sip:a@b>,").repeated(800) + "<sip:a@b>\n");
    measure("parse 800 contacts on a line", [&] { return parse(manyCommas); });
    return 0;
}
