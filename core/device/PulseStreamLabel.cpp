#include "device/StreamLabel.h"

#include <dlfcn.h>
#include <pulse/pulseaudio.h>

namespace hs::device {

namespace {

struct Label {
    const char* name = nullptr;
    const char* role = nullptr;
};

// Of the thread that opens a stream just now; there is no other way to hand it through Qt.
Label& label()
{
    static thread_local Label current;
    return current;
}

} // namespace

StreamLabel::StreamLabel(const char* name, const char* role)
    : m_formerName(label().name)
    , m_formerRole(label().role)
{
    label() = {name, role};
}

StreamLabel::~StreamLabel()
{
    label() = {m_formerName, m_formerRole};
}

} // namespace hs::device

// Qt Multimedia's calls arrive here, since the program's symbols come before those of libraries;
// without a label, and if Qt should ever not, everything is as if this were not there.
extern "C" {

pa_stream* pa_stream_new_with_proplist(pa_context* context, const char* name,
                                       const pa_sample_spec* spec, const pa_channel_map* map,
                                       pa_proplist* properties)
{
    using Make = decltype(&pa_stream_new_with_proplist);
    static const auto make =
        reinterpret_cast<Make>(::dlsym(RTLD_NEXT, "pa_stream_new_with_proplist"));
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
}
