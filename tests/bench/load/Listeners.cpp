#include "Listeners.h"

#include <algorithm>

namespace hs::bench {

namespace {
constexpr std::size_t pieceSamples = 160'000; // 20 s: a message holds up to 1 MiB of base64

// Runs it where the listener lives.
template <class Function>
void there(FrameListener& listener, Function function)
{
    QMetaObject::invokeMethod(&listener, std::move(function), Qt::BlockingQueuedConnection);
}
} // namespace

Listeners::Listeners(int count, const base::Endpoint& server)
{
    m_thread.setObjectName(QStringLiteral("listeners"));
    m_thread.start();
    for (int i = 0; i < count; ++i) {
        m_listeners.push_back(std::make_unique<FrameListener>());
        FrameListener& listener = *m_listeners.back();
        listener.moveToThread(&m_thread);
        there(listener, [&listener, server] { listener.open(server); });
    }
}

Listeners::~Listeners()
{
    for (const auto& listener : m_listeners) {
        there(*listener, [each = listener.get()] { each->close(); });
    }
    m_thread.quit();
    m_thread.wait();
}

bool Listeners::areConnected()
{
    return std::ranges::all_of(m_listeners, [](const auto& listener) {
        bool open = false;
        there(*listener, [&open, each = listener.get()] { open = each->isOpen(); });
        return open;
    });
}

void Listeners::dial(std::uint32_t number, const base::Endpoint& at)
{
    FrameListener& first = *m_listeners.front();
    const QString command =
        QStringLiteral("CALL:sip:%1@%2").arg(number).arg(QString::fromLatin1(at.toString()));
    there(first, [&first, command] { first.send(command); });
}

void Listeners::setVoice(const std::vector<std::int16_t>& samples)
{
    QStringList pieces;
    for (std::size_t at = 0; at < samples.size(); at += pieceSamples) {
        const std::size_t count = std::min(pieceSamples, samples.size() - at);
        const QByteArray bytes(reinterpret_cast<const char*>(samples.data() + at),
                               static_cast<qsizetype>(count * sizeof samples[0]));
        pieces << QString::fromLatin1(bytes.toBase64());
    }
    FrameListener& first = *m_listeners.front();
    there(first, [&first, pieces] { first.setVoice(pieces); });
}

std::vector<ListenerReport> Listeners::reports()
{
    std::vector<ListenerReport> reports;
    for (const auto& listener : m_listeners) {
        there(*listener, [&reports, each = listener.get()] { reports.push_back(each->report()); });
    }
    return reports;
}

} // namespace hs::bench
