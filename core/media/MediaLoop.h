// MediaLoop: all calls' media, every 5 ms: carries out commands, sends what is due on the 20 ms
// grid, reads what has come, plays out, and hands over what was heard to the core and disk threads.
// It has no thread of its own: MediaThread drives it, or a test on a manual clock. Ticks lie on
// multiples of 5 ms of the clock; calls are spread over the four ticks of 20 ms. Thread: tick(),
// isIdle(), waitForCommand() the media thread, without allocation, lock or log; the rest the core
// thread.
#pragma once

#include "media/ConferenceRooms.h"
#include "media/MediaReports.h"
#include "media/MediaStream.h"
#include "media/Poller.h"
#include "media/WakeEvent.h"

#include <array>
#include <vector>

namespace hs::media {

class MediaLoop {
public:
    struct Limits {
        std::size_t streams = 512; // at once
        std::size_t reportBytes = std::size_t(4) << 20;
    };
    static constexpr auto tickEvery = std::chrono::milliseconds(5);

    // `clock` gives the date for RTCP; `core` is woken when there is something for the core thread.
    MediaLoop(const base::Clock& clock, std::unique_ptr<Poller> poller, const Limits& limits,
              RecordingFeed& feed, WakeEvent& core);
    ~MediaLoop();

    // Not yet in the loop; command::Open puts it there.
    StreamPointer make(const MediaStream::Config& config, PortPair ports);
    void post(MediaCommand command);
    void wakeUp() { m_wake.wake(); }
    // Nodes that the loop is done with, to be freed; those of command::Close bring the stream home.
    CommandBox::Batch takeSpent() { return m_spent.takeAll(); }
    MediaReports& reports() { return m_reports; }

    void tick(base::TimePoint now);
    bool isIdle() const { return m_streams.empty() && m_ended.empty(); }
    void waitForCommand() { m_wake.wait(); }
    // The next tick after `now`.
    static base::TimePoint nextTick(base::TimePoint now);

private:
    void carryOut(CommandNode node, TickContext& context);
    void open(StreamPointer stream);
    StreamPointer close(MediaStream& stream, TickContext& context);
    void hearConferences(TickContext& context);
    void receive(TickContext& context);
    void receive(const Readable& readable, TickContext& context);
    void endRecordings();

    const base::Clock& m_clock;
    std::unique_ptr<Poller> m_poller;
    RecordingFeed& m_feed;
    WakeEvent& m_core;
    WakeEvent m_wake;
    CommandBox m_commands;
    CommandBox m_spent;
    MediaReports m_reports;
    ConferenceRooms m_rooms{m_spent};
    std::vector<StreamPointer> m_streams;
    std::vector<EndedRecording> m_ended;
    std::array<int, 4> m_phases{}; // how many streams each of the four ticks has
    base::TimePoint m_nextSnapshot{};
    std::vector<std::byte> m_buffer;
    std::array<base::IncomingDatagram, 16> m_datagrams;
};

} // namespace hs::media
