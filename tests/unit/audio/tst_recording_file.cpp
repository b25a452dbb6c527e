#include "audio/RecordingFile.h"
#include "audio/SoundFile.h"
#include "unit/audio/Tone.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

class RecordingFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void writesWav_data();
    void writesWav();
    void isMadeNewAndForItsOwnerAlone();
    void neverWritesOver();
    void followsNoLink();
    void saysWhyItCannotBeMade();
    void refusesHalfFrames();
    void isPlayableWhileWritten();
    void isPlayableAfterKill();
    void saysWhenTheDiskIsFull();

private:
    QString path(const QString& name = u"call.wav"_s) const { return m_folder->filePath(name); }
    std::vector<std::int16_t> read(int channels) const;
    std::unique_ptr<QTemporaryDir> m_folder;
};

std::vector<std::int16_t> RecordingFileTest::read(int channels) const
{
    SF_INFO info{};
    SNDFILE* file = sf_open(qPrintable(path()), SFM_READ, &info);
    if (!file || info.channels != channels || info.samplerate != 8000
        || info.format != (SF_FORMAT_WAV | SF_FORMAT_PCM_16)) {
        return {};
    }
    std::vector<std::int16_t> samples(std::size_t(info.frames * channels));
    sf_readf_short(file, samples.data(), info.frames);
    sf_close(file);
    return samples;
}

void RecordingFileTest::writesWav_data()
{
    QTest::addColumn<int>("channels");
    QTest::newRow("mono") << 1;
    QTest::newRow("stereo") << 2;
}

void RecordingFileTest::writesWav()
{
    QFETCH(int, channels);
    const auto samples = test::tone(300, 8000, std::size_t(channels) * 16000);
    auto file = audio::RecordingFile::open(path(), channels);
    QVERIFY(file.ok());
    for (std::size_t i = 0; i < samples.size(); i += 320) {
        QVERIFY(file->write(std::span(samples).subspan(i, 320)).ok());
    }
    QCOMPARE(file->frames(), 16000);
    QCOMPARE(file->durationMs(), 2000);
    QVERIFY(file->close().ok());
    QVERIFY(read(channels) == samples);
}

void RecordingFileTest::isMadeNewAndForItsOwnerAlone()
{
    const mode_t before = ::umask(0);
    auto file = audio::RecordingFile::open(path(), 2);
    ::umask(before);
    QVERIFY(file.ok());
    struct stat status { };
    QCOMPARE(::stat(qPrintable(path()), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t(0600));
}

void RecordingFileTest::neverWritesOver()
{
    QVERIFY(audio::RecordingFile::open(path(), 1)->close().ok());
    const qint64 size = QFileInfo(path()).size();
    const auto second = audio::RecordingFile::open(path(), 1);
    QVERIFY(!second.ok());
    QVERIFY2(second.error().text.contains(path()), qPrintable(second.error().text));
    QVERIFY2(second.error().text.contains(u"File exists"_s), qPrintable(second.error().text));
    QCOMPARE(QFileInfo(path()).size(), size);
}

void RecordingFileTest::followsNoLink()
{
    QVERIFY(QFile::link(path(u"elsewhere.wav"_s), path()));
    QVERIFY(!audio::RecordingFile::open(path(), 1).ok());
    QVERIFY(!QFileInfo::exists(path(u"elsewhere.wav"_s)));
}

void RecordingFileTest::saysWhyItCannotBeMade()
{
    const auto file = audio::RecordingFile::open(path(u"no such folder/call.wav"_s), 1);
    QVERIFY(!file.ok());
    QVERIFY2(file.error().text.contains(u"No such file or directory"_s),
             qPrintable(file.error().text));
    QVERIFY(!audio::RecordingFile::open(path(), 3).ok());
    QVERIFY(!QFileInfo::exists(path()));
}

void RecordingFileTest::refusesHalfFrames()
{
    auto file = audio::RecordingFile::open(path(), 2);
    const std::array<std::int16_t, 3> samples{};
    QVERIFY(!file->write(samples).ok());
    QVERIFY(file->write(std::span(samples).first(2)).ok());
    QCOMPARE(file->frames(), 1);
}

void RecordingFileTest::isPlayableWhileWritten()
{
    const auto samples = test::tone(300, 8000, 20000);
    auto file = audio::RecordingFile::open(path(), 1);
    QVERIFY(read(1).empty()); // but a WAV file
    for (std::size_t i = 0; i < samples.size(); i += 160) {
        QVERIFY(file->write(std::span(samples).subspan(i, 160)).ok());
        const std::size_t there = read(1).size();
        QVERIFY(there <= i + 160);
        QVERIFY(there + 8000 >= i + 160);
    }
    QVERIFY(file->updateHeader().ok());
    QVERIFY(read(1) == samples);
}

void RecordingFileTest::isPlayableAfterKill()
{
    void* shared = ::mmap(nullptr, sizeof(std::atomic<std::size_t>), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    QVERIFY(shared != MAP_FAILED);
    auto* written = new (shared) std::atomic<std::size_t>(0); // frames, told by the child
    const auto second = test::tone(200, 8000, 16000); // one second of stereo
    const pid_t child = ::fork();
    QVERIFY(child >= 0);
    if (child == 0) {
        auto file = audio::RecordingFile::open(path(), 2);
        for (std::size_t i = 0; file.ok(); i = (i + 320) % second.size()) {
            if (!file->write(std::span(second).subspan(i, 320)).ok()) {
                break;
            }
            written->fetch_add(160);
        }
        ::_exit(1);
    }
    QElapsedTimer timer;
    timer.start();
    while (written->load() < 100'000 && timer.elapsed() < 30'000) {
        ::sched_yield();
    }
    QCOMPARE(::kill(child, SIGKILL), 0);
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status));
    const auto samples = read(2);
    QVERIFY2(samples.size() / 2 + 8000 >= written->load(),
             qPrintable(u"%1 of %2 frames"_s.arg(samples.size() / 2).arg(written->load())));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (samples[i] != second[i % second.size()]) {
            QFAIL(qPrintable(u"sample %1 differs"_s.arg(i)));
        }
    }
    ::munmap(shared, sizeof(std::atomic<std::size_t>));
}

void RecordingFileTest::saysWhenTheDiskIsFull()
{
    // The largest size that a file may have stands in for the disk's end: 1001 bytes, which is in
    // the middle of a sample.
    const auto samples = test::tone(300, 8000, 1600);
    auto file = audio::RecordingFile::open(path(), 2);
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto signal = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{1001, before.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto failed = file->write(samples);
    const auto header = file->updateHeader();
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, signal);

    QVERIFY(!failed.ok());
    QVERIFY2(failed.error().text.contains(path()), qPrintable(failed.error().text));
    QVERIFY2(failed.error().text.contains(u"File too large"_s), qPrintable(failed.error().text));
    QVERIFY(header.ok());
    const auto there = static_cast<std::size_t>(file->frames()) * 2;
    QVERIFY(there > 400 && there < 500);
    // There is room again: what follows is in its place, not half a sample beside it.
    QVERIFY(file->write(std::span(samples).subspan(there)).ok());
    QVERIFY(file->close().ok());
    QVERIFY(read(2) == samples);
}

QTEST_GUILESS_MAIN(RecordingFileTest)
#include "tst_recording_file.moc"
