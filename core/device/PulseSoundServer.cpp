#include "device/SoundServer.h"

#include <cstring>
#include <pulse/pulseaudio.h>

namespace hs::device {

namespace {

// What a server without any speaker offers in its place; nobody hears it.
bool isDummy(const char* output)
{
    return output && std::strcmp(output, "auto_null") == 0;
}

} // namespace

// Everything of libpulse. Its callbacks run in a thread of its own with its lock held; what they
// leave for others is in SoundServer::m_view.
struct SoundServer::Connection {
    explicit Connection(SoundServer& server)
        : owner(server)
        , loop(pa_threaded_mainloop_new())
    {
        if (loop && pa_threaded_mainloop_start(loop) != 0) {
            pa_threaded_mainloop_free(loop);
            loop = nullptr;
        }
    }
    ~Connection()
    {
        if (!loop) {
            return;
        }
        {
            const Lock lock(loop);
            drop();
        }
        pa_threaded_mainloop_stop(loop);
        pa_threaded_mainloop_free(loop);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    class Lock {
    public:
        explicit Lock(pa_threaded_mainloop* mainloop)
            : m_loop(mainloop)
        {
            pa_threaded_mainloop_lock(m_loop);
        }
        ~Lock() { pa_threaded_mainloop_unlock(m_loop); }
        Lock(const Lock&) = delete;
        Lock& operator=(const Lock&) = delete;

    private:
        pa_threaded_mainloop* m_loop;
    };

    void drop();
    void connect();
    void ask();
    void answered();
    bool began(pa_operation* operation);

    static void onState(pa_context* context, void* self);
    static void onServer(pa_context* context, const pa_server_info* info, void* self);
    static void onOutput(pa_context* context, const pa_sink_info* info, int last, void* self);
    static void onInput(pa_context* context, const pa_source_info* info, int last, void* self);
    static void onEvent(pa_context* context, pa_subscription_event_type_t type, std::uint32_t index,
                        void* self);

    SoundServer& owner;
    pa_threaded_mainloop* loop;
    pa_context* context = nullptr;
    Devices incoming;
    bool asking = false;
    bool askAgain = false;
};

void SoundServer::Connection::drop()
{
    if (context) {
        pa_context_set_state_callback(context, nullptr, nullptr);
        pa_context_set_subscribe_callback(context, nullptr, nullptr);
        pa_context_disconnect(context);
        pa_context_unref(context);
        context = nullptr;
    }
    asking = false;
    askAgain = false;
}

void SoundServer::Connection::connect()
{
    drop();
    context = pa_context_new(pa_threaded_mainloop_get_api(loop), "Hookswitch devices");
    if (!context) {
        owner.setState(State::Absent);
        return;
    }
    owner.setState(State::Connecting);
    pa_context_set_state_callback(context, onState, this);
    pa_context_set_subscribe_callback(context, onEvent, this);
    // No autospawn: whether there is a sound server is not ours to decide.
    if (pa_context_connect(context, nullptr, PA_CONTEXT_NOAUTOSPAWN, nullptr) < 0) {
        owner.setState(State::Absent);
    }
}

void SoundServer::Connection::onState(pa_context* context, void* self)
{
    auto& connection = *static_cast<Connection*>(self);
    switch (pa_context_get_state(context)) {
    case PA_CONTEXT_READY:
        connection.began(
            pa_context_subscribe(context,
                                 static_cast<pa_subscription_mask_t>(PA_SUBSCRIPTION_MASK_SINK
                                                                     | PA_SUBSCRIPTION_MASK_SOURCE
                                                                     | PA_SUBSCRIPTION_MASK_SERVER),
                                 nullptr, nullptr));
        connection.owner.setState(State::Ready);
        connection.ask();
        break;
    case PA_CONTEXT_FAILED:
    case PA_CONTEXT_TERMINATED:
        connection.asking = false;
        connection.askAgain = false;
        connection.owner.setState(State::Absent);
        break;
    default:
        break;
    }
}

bool SoundServer::Connection::began(pa_operation* operation)
{
    if (operation) {
        pa_operation_unref(operation);
    }
    return operation != nullptr;
}

// Three questions; the server answers in their order, so the last answer completes them.
void SoundServer::Connection::ask()
{
    if (!context || pa_context_get_state(context) != PA_CONTEXT_READY) {
        return;
    }
    if (asking) {
        askAgain = true;
        return;
    }
    incoming = Devices();
    asking = began(pa_context_get_server_info(context, onServer, this))
        && began(pa_context_get_sink_info_list(context, onOutput, this))
        && began(pa_context_get_source_info_list(context, onInput, this));
    if (asking) {
        const std::lock_guard lock(owner.m_mutex);
        owner.m_view.askedAt = std::chrono::steady_clock::now();
    }
}

void SoundServer::Connection::answered()
{
    asking = false;
    {
        const std::lock_guard lock(owner.m_mutex);
        owner.m_view.devices = incoming;
        owner.m_view.answeredAt = std::chrono::steady_clock::now();
        owner.m_view.questionAt = owner.m_view.askedAt.value_or(owner.m_view.questionAt);
        owner.m_view.askedAt.reset();
    }
    if (askAgain) {
        askAgain = false;
        ask();
    }
    Q_EMIT owner.changed();
}

void SoundServer::Connection::onServer(pa_context*, const pa_server_info* info, void* self)
{
    if (info) {
        Devices& incoming = static_cast<Connection*>(self)->incoming;
        incoming.defaultOutput =
            isDummy(info->default_sink_name) ? nullptr : info->default_sink_name;
        incoming.defaultInput = info->default_source_name;
    }
}

void SoundServer::Connection::onOutput(pa_context*, const pa_sink_info* info, int last, void* self)
{
    if (last == 0 && !isDummy(info->name)) {
        static_cast<Connection*>(self)->incoming.outputs.append(info->name);
    }
}

void SoundServer::Connection::onInput(pa_context*, const pa_source_info* info, int last, void* self)
{
    auto& connection = *static_cast<Connection*>(self);
    if (last != 0) {
        connection.answered();
    } else if (info->monitor_of_sink == PA_INVALID_INDEX) {
        connection.incoming.inputs.append(info->name);
    }
}

void SoundServer::Connection::onEvent(pa_context*, pa_subscription_event_type_t, std::uint32_t,
                                      void* self)
{
    static_cast<Connection*>(self)->ask();
}

SoundServer::SoundServer(QObject* parent)
    : QObject(parent)
    , m_connection(std::make_unique<Connection>(*this))
{
    retry();
}

SoundServer::~SoundServer() = default;

SoundServer::View SoundServer::view() const
{
    const std::lock_guard lock(m_mutex);
    return m_view;
}

void SoundServer::setState(State state)
{
    {
        const std::lock_guard lock(m_mutex);
        if (state == m_view.state) {
            return;
        }
        m_view = View();
        m_view.state = state;
        m_view.since = std::chrono::steady_clock::now();
    }
    Q_EMIT changed();
}

void SoundServer::refresh()
{
    if (m_connection->loop) {
        const Connection::Lock lock(m_connection->loop);
        m_connection->ask();
    }
}

void SoundServer::retry()
{
    if (m_connection->loop && view().state == State::Absent) {
        const Connection::Lock lock(m_connection->loop);
        m_connection->connect();
    }
}

} // namespace hs::device
