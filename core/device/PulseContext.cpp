// What Qt Multimedia's connection to PulseAudio (or PipeWire in its place) lacks: a name for
// people, and another try after one that failed. Its calls arrive here, since the program's symbols
// come before those of libraries.
#include "device/LibrarySymbol.h"

#include <QObject>

#include <pulse/pulseaudio.h>
#include <string_view>

namespace hs::device {

namespace {

// The connection that this thread makes just now, and who makes it.
struct Connecting {
    pa_context* context = nullptr;
    void* owner = nullptr;
};

Connecting& connecting()
{
    static thread_local Connecting current;
    return current;
}

// Qt 6.4 tries again 3 s after a connection was lost, but where nobody listens at that moment,
// never again. As if that one had been lost, then.
void tryAgainLater(void* owner)
{
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    auto* engine = static_cast<QObject*>(owner);
    if (engine && engine->inherits("QPulseAudioEngine")) {
        QMetaObject::invokeMethod(engine, "onContextFailed", Qt::QueuedConnection);
    }
#else
    Q_UNUSED(owner);
#endif
}

} // namespace

} // namespace hs::device

extern "C" {

pa_context* pa_context_new(pa_mainloop_api* api, const char* name)
{
    static const auto make = hs::device::libraryOwn<decltype(&pa_context_new)>("pa_context_new");
    // "QtPulseAudio:1234" is known to nobody in a mixer.
    const bool isQts = name && std::string_view(name).starts_with("QtPulseAudio:");
    pa_context* context = make(api, isQts ? "Hookswitch" : name);
    hs::device::connecting() = {isQts ? context : nullptr, nullptr};
    return context;
}

void pa_context_set_state_callback(pa_context* context, pa_context_notify_cb_t callback,
                                   void* owner)
{
    static const auto set = hs::device::libraryOwn<decltype(&pa_context_set_state_callback)>(
        "pa_context_set_state_callback");
    if (context && context == hs::device::connecting().context) {
        hs::device::connecting().owner = owner;
    }
    set(context, callback, owner);
}

int pa_context_connect(pa_context* context, const char* server, pa_context_flags_t flags,
                       const pa_spawn_api* api)
{
    static const auto connect =
        hs::device::libraryOwn<decltype(&pa_context_connect)>("pa_context_connect");
    const int result = connect(context, server, flags, api);
    hs::device::Connecting& current = hs::device::connecting();
    if (context && context == current.context) {
        if (result < 0) {
            hs::device::tryAgainLater(current.owner);
        }
        current = {};
    }
    return result;
}
}
