#include "device/LibrarySymbol.h"
#include "device/StreamLabel.h"

#include <cstddef>
#include <cstdint>
#include <pulse/pulseaudio.h>

namespace hs::device {

namespace {

constexpr pa_usec_t settlesWithin = 2 * PA_USEC_PER_SEC;
constexpr pa_usec_t looksEvery = 5 * PA_USEC_PER_MSEC;

struct Label {
    const char* name = nullptr;
    const char* role = nullptr;
    pa_threaded_mainloop* loop = nullptr; // the last one that this thread locked: Qt's
    bool opensOurs = false; // this thread has opened streams with a label: what it writes is ours
    std::byte nothing{}; // stands for the room in a stream that is dead
};

// Of the thread that opens a stream just now; there is no other way to hand it through Qt.
Label& label()
{
    static thread_local Label current;
    return current;
}

struct Wait {
    pa_context* context;
    pa_threaded_mainloop* loop;
    pa_usec_t until;
    bool late = false;
};

void look(pa_mainloop_api*, pa_time_event* event, const timeval*, void* self)
{
    auto& wait = *static_cast<Wait*>(self);
    const pa_usec_t now = pa_rtclock_now();
    wait.late = now >= wait.until;
    if (!wait.late) {
        pa_context_rttime_restart(wait.context, event, now + looksEvery);
    }
    pa_threaded_mainloop_signal(wait.loop, 0);
}

// A microphone must not stay open because the server said yes after all.
void closeWhenOpen(pa_stream* stream, void*)
{
    if (pa_stream_get_state(stream) == PA_STREAM_READY) {
        pa_stream_disconnect(stream);
    }
}

void abandon(pa_stream* stream)
{
    pa_stream_set_state_callback(stream, closeWhenOpen, nullptr);
    pa_stream_set_read_callback(stream, nullptr, nullptr);
    pa_stream_set_write_callback(stream, nullptr, nullptr);
    pa_stream_set_underflow_callback(stream, nullptr, nullptr);
    pa_stream_set_overflow_callback(stream, nullptr, nullptr);
    pa_stream_set_latency_update_callback(stream, nullptr, nullptr);
    pa_stream_set_started_callback(stream, nullptr, nullptr);
    pa_stream_set_suspended_callback(stream, nullptr, nullptr);
    pa_stream_set_moved_callback(stream, nullptr, nullptr);
    pa_stream_disconnect(stream); // refused until the server has answered
}

// Qt waits for a stream to be ready for ever, even for one that has failed. This waits first, with
// a deadline; from an error Qt knows its way.
int settled(pa_stream* stream, int result)
{
    pa_threaded_mainloop* loop = label().loop;
    if (result < 0 || !label().name || !loop) {
        return result;
    }
    const pa_usec_t now = pa_rtclock_now();
    Wait wait{pa_stream_get_context(stream), loop, now + settlesWithin};
    pa_time_event* event = pa_context_rttime_new(wait.context, now + looksEvery, look, &wait);
    if (!event) {
        return result;
    }
    while (!wait.late && pa_stream_get_state(stream) == PA_STREAM_CREATING) {
        pa_threaded_mainloop_wait(loop);
    }
    pa_threaded_mainloop_get_api(loop)->time_free(event);
    if (pa_stream_get_state(stream) == PA_STREAM_READY) {
        return result;
    }
    abandon(stream);
    return -1;
}

} // namespace

StreamLabel::StreamLabel(const char* name, const char* role)
    : m_formerName(label().name)
    , m_formerRole(label().role)
{
    label().name = name;
    label().role = role;
    label().opensOurs = true;
}

StreamLabel::~StreamLabel()
{
    label().name = m_formerName;
    label().role = m_formerRole;
}

} // namespace hs::device

// Qt Multimedia's calls arrive here, since the program's symbols come before those of libraries;
// without a label, and if Qt should ever not, everything is as if this were not there.
extern "C" {

pa_stream* pa_stream_new_with_proplist(pa_context* context, const char* name,
                                       const pa_sample_spec* spec, const pa_channel_map* map,
                                       pa_proplist* properties)
{
    static const auto make = hs::device::libraryOwn<decltype(&pa_stream_new_with_proplist)>(
        "pa_stream_new_with_proplist");
    const hs::device::Label& label = hs::device::label();
    if (!make || !label.name) {
        return make ? make(context, name, spec, map, properties) : nullptr;
    }
    pa_proplist* own = properties ? pa_proplist_copy(properties) : pa_proplist_new();
    pa_proplist_sets(own, PA_PROP_MEDIA_ROLE, label.role);
    pa_stream* stream = make(context, label.name, spec, map, own);
    pa_proplist_free(own);
    return stream;
}

pa_stream* pa_stream_new(pa_context* context, const char* name, const pa_sample_spec* spec,
                         const pa_channel_map* map)
{
    return pa_stream_new_with_proplist(context, name, spec, map, nullptr);
}

void pa_threaded_mainloop_lock(pa_threaded_mainloop* loop)
{
    static const auto lock =
        hs::device::libraryOwn<decltype(&pa_threaded_mainloop_lock)>("pa_threaded_mainloop_lock");
    lock(loop);
    hs::device::label().loop = loop;
}

int pa_stream_connect_playback(pa_stream* stream, const char* device,
                               const pa_buffer_attr* attributes, pa_stream_flags_t flags,
                               const pa_cvolume* volume, pa_stream* synchronised)
{
    static const auto connect =
        hs::device::libraryOwn<decltype(&pa_stream_connect_playback)>("pa_stream_connect_playback");
    return hs::device::settled(stream,
                               connect(stream, device, attributes, flags, volume, synchronised));
}

int pa_stream_connect_record(pa_stream* stream, const char* device,
                             const pa_buffer_attr* attributes, pa_stream_flags_t flags)
{
    static const auto connect =
        hs::device::libraryOwn<decltype(&pa_stream_connect_record)>("pa_stream_connect_record");
    return hs::device::settled(stream, connect(stream, device, attributes, flags));
}

// Qt writes with its main loop locked, and where either of the two fails it returns and leaves it
// locked: whoever wants that loop later, to open a stream or to take leave of a server that is
// gone, waits for ever. So a stream that died since Qt was asked how much it takes is one that
// takes nothing just now; that it is dead is told by the next such question.
int pa_stream_begin_write(pa_stream* stream, void** data, std::size_t* size)
{
    static const auto begin =
        hs::device::libraryOwn<decltype(&pa_stream_begin_write)>("pa_stream_begin_write");
    const int result = begin(stream, data, size);
    if (result >= 0 || !hs::device::label().opensOurs) {
        return result;
    }
    *data = &hs::device::label().nothing;
    *size = 0;
    return 0;
}

int pa_stream_write(pa_stream* stream, const void* data, std::size_t size, pa_free_cb_t release,
                    std::int64_t offset, pa_seek_mode_t seek)
{
    static const auto write = hs::device::libraryOwn<decltype(&pa_stream_write)>("pa_stream_write");
    if (data == &hs::device::label().nothing) {
        return 0;
    }
    const int result = write(stream, data, size, release, offset, seek);
    return result < 0 && hs::device::label().opensOurs ? 0 : result;
}
}
