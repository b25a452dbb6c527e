// libFuzzer's entry for SIP messages. By itself:
// clang++ -std=c++20 -fsanitize=fuzzer,address,undefined with this file, tests/unit/sip_message/
// TouchMessage.cpp, core/sip/message/*.cpp and core/base/Text.cpp. The mutation test calls it too.
#include "TouchMessage.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray fault = hs::test::touchMessage(
        QByteArray(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size)));
    if (!fault.isEmpty()) {
        qWarning("%s", fault.constData());
        std::abort();
    }
    return 0;
}
