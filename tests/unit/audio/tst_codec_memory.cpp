#include "SpeechPackets.h"
#include "audio/ComfortNoise.h"

#include <QTest>

#include <array>

using namespace hs::audio;
using namespace hs::test;

// The libraries take memory by malloc(); glibc's own stands behind these names. A sanitizer has one
// of its own, so with one this is not built.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
}
namespace {
bool counting = false;
int allocations = 0;
} // namespace
extern "C" void* malloc(std::size_t size)
{
    allocations += counting ? 1 : 0;
    return __libc_malloc(size);
}
extern "C" void* calloc(std::size_t count, std::size_t size)
{
    allocations += counting ? 1 : 0;
    return __libc_calloc(count, size);
}
extern "C" void* realloc(void* memory, std::size_t size)
{
    allocations += counting ? 1 : 0;
    return __libc_realloc(memory, size);
}

Q_DECLARE_METATYPE(hs::audio::CodecKind)

class CodecMemoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void neverAllocates_data();
    void neverAllocates();
    void comfortNoiseNeverAllocates();
};

void CodecMemoryTest::neverAllocates_data()
{
    QTest::addColumn<CodecKind>("kind");
    for (const AudioFormat& format : audioFormats()) {
        QTest::newRow(format.name.data()) << format.kind;
    }
}

void CodecMemoryTest::neverAllocates()
{
    QFETCH(CodecKind, kind);
    const auto encoder = makeEncoder(kind);
    const auto decoder = makeDecoder(kind);
    const Samples clean = speechLike(encoder->sampleRate(), 1000, true);
    const auto size = formatOf(kind).samplesOf(20);
    std::array<std::byte, mostPayloadOctets> payload{};
    Samples out(size);
    allocations = 0;
    counting = true;
    ::operator delete(::operator new(16)); // it does count
    for (std::size_t at = 0; at + size <= clean.size(); at += size) {
        const std::size_t octets = encoder->encode(std::span(clean).subspan(at, size), payload);
        const auto sent = std::span<const std::byte>(payload).first(octets);
        encoder->setExpectedLoss(static_cast<int>(at / size));
        decoder->conceal(out);
        decoder->recover(sent, out);
        decoder->decode(sent, out);
        if (at == size * 20) {
            encoder->reset();
            decoder->reset();
        }
    }
    counting = false;
    QCOMPARE(allocations, 1);
}

void CodecMemoryTest::comfortNoiseNeverAllocates()
{
    ComfortNoise noise(48000);
    Samples out(960);
    const Payload payload = anyOctets(20, 1);
    allocations = 0;
    counting = true;
    for (int i = 0; i < 10; ++i) {
        noise.update(payload);
        noise.generate(out);
    }
    noise.reset();
    noise.generate(out);
    counting = false;
    QCOMPARE(allocations, 0);
}

QTEST_GUILESS_MAIN(CodecMemoryTest)
#include "tst_codec_memory.moc"
