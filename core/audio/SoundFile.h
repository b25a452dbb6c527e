// SoundFile: a whole sound file in memory, as the rest of the program wants it: 16-bit mono at a
// given rate. For greetings and ring tones; recordings are streamed by WavPlayback.
// Thread: any; blocks on the disk.
#pragma once

#include "audio/Clip.h"
#include "base/Result.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <vector>

namespace hs::audio {

// Channels are averaged. What is longer than `most` is cut there, with a line in the log. Fails,
// with a sentence that names the file, when there is none, it can't be opened, is no sound file, or
// has no audio in it. `rate` is 1000 to 768000 Hz.
base::Result<std::vector<std::int16_t>> readMono(const QString& path, int rate,
                                                 std::chrono::seconds most);
// The same at that of a clip's rates which keeps all that is in the file.
base::Result<Clip> readClip(const QString& path, std::chrono::seconds most);

} // namespace hs::audio
