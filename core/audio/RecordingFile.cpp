#include "audio/RecordingFile.h"

#include "base/LogCategories.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hs::audio {

namespace {

// The sizes in a WAV header have 32 bits; leave some room for the header itself.
constexpr std::int64_t mostBytes = (std::int64_t(1) << 32) - 4096;

} // namespace

void RecordingFile::Close::operator()(SNDFILE* file) const
{
    sf_close(file);
}

RecordingFile::RecordingFile(QString path, int channels, int rate, SNDFILE* sound)
    : m_path(std::move(path))
    , m_channels(channels)
    , m_rate(rate)
    , m_sound(sound)
{
}

RecordingFile::~RecordingFile()
{
    if (m_sound) {
        const base::Result<void> closed = close();
        if (!closed) {
            qCWarning(base::lcMedia).noquote() << closed.error().text;
        }
    }
}

base::Result<RecordingFile> RecordingFile::open(const QString& path, int channels, int rate)
{
    if (channels < 1 || channels > 2) {
        return base::Error{
            QStringLiteral("A recording has one or two channels, not %1.").arg(channels)};
    }
    const int descriptor =
        ::open(QFile::encodeName(path).constData(),
               O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        return base::Error{QStringLiteral("The recording \"%1\" can't be made: %2.")
                               .arg(path, qt_error_string(errno))};
    }
    SF_INFO info{};
    info.samplerate = rate;
    info.channels = channels;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    SNDFILE* sound = sf_open_fd(descriptor, SFM_WRITE, &info, SF_TRUE);
    if (!sound) {
        // libsndfile has closed the descriptor.
        const QString why = QString::fromUtf8(sf_strerror(nullptr)).trimmed();
        QFile::remove(path);
        return base::Error{
            QStringLiteral("The recording \"%1\" can't be begun: %2.").arg(path, why)};
    }
    RecordingFile file(path, channels, rate, sound);
    const base::Result<void> begun = file.updateHeader();
    if (!begun) {
        return begun.error();
    }
    return file;
}

base::Error RecordingFile::writeError(int code) const
{
    const QString why =
        code != 0 ? qt_error_string(code) : QString::fromUtf8(sf_strerror(m_sound.get())).trimmed();
    return base::Error{
        QStringLiteral("The recording \"%1\" can't be written: %2.").arg(m_path, why)};
}

base::Result<void> RecordingFile::write(std::span<const std::int16_t> interleaved)
{
    const auto width = static_cast<std::size_t>(m_channels);
    const std::size_t frames = interleaved.size() / width;
    if (frames * width != interleaved.size()) {
        return base::Error{QStringLiteral("%1 samples are no whole frames of %2 channels.")
                               .arg(interleaved.size())
                               .arg(m_channels)};
    }
    const std::int64_t bytes =
        (m_frames + static_cast<std::int64_t>(frames)) * m_channels * std::int64_t(2);
    if (bytes > mostBytes) {
        return base::Error{
            QStringLiteral("The recording \"%1\" is full: a WAV file ends at 4 GiB.").arg(m_path)};
    }
    errno = 0;
    const sf_count_t written =
        sf_writef_short(m_sound.get(), interleaved.data(), static_cast<sf_count_t>(frames));
    const int code = errno;
    m_frames += std::max<sf_count_t>(written, 0);
    if (written != static_cast<sf_count_t>(frames)) {
        const base::Error error = writeError(code);
        // Half a frame may have got through before the disk was full; what follows goes over it.
        sf_seek(m_sound.get(), m_frames, SEEK_SET);
        return error;
    }
    if (m_frames - m_framesInHeader >= m_rate) {
        return updateHeader();
    }
    return {};
}

base::Result<void> RecordingFile::updateHeader()
{
    errno = 0;
    sf_command(m_sound.get(), SFC_UPDATE_HEADER_NOW, nullptr, 0);
    const int code = errno;
    if (sf_error(m_sound.get()) != SF_ERR_NO_ERROR) {
        return writeError(code);
    }
    m_framesInHeader = m_frames;
    return {};
}

base::Result<void> RecordingFile::close()
{
    base::Result<void> updated = updateHeader();
    errno = 0;
    const int failed = sf_close(m_sound.release());
    const int code = errno;
    if (!updated) {
        return updated;
    }
    if (failed != 0) {
        return base::Error{QStringLiteral("The recording \"%1\" can't be closed: %2.")
                               .arg(m_path,
                                    code != 0 ? qt_error_string(code)
                                              : QString::fromUtf8(sf_error_number(failed)))};
    }
    return {};
}

} // namespace hs::audio
