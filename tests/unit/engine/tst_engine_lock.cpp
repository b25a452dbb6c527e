// The other engine is this same executable, with an argument.
#include "engine/EngineLock.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace hs;
using engine::EngineLock;

class EngineLockTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void oneAtATime();
    void namesTheHolder();
    void isFreeOnceTheHolderIsKilled();
    void aLeftOverFileDoesNotMatter();
    void everyNameOfTheDatabaseIsTheSame();
    void tellsWhyThereCanBeNone();
    void movesWithItsOwner();

private:
    QString errorOf(const QString& path) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void EngineLockTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("folder/calls.db"));
}

QString EngineLockTest::errorOf(const QString& path) const
{
    const auto lock = EngineLock::acquire(path, QStringLiteral("second"));
    return lock ? QString() : lock.error().text;
}

void EngineLockTest::oneAtATime()
{
    {
        const auto lock = EngineLock::acquire(m_path, QStringLiteral("first"));
        QVERIFY(lock);
        QVERIFY(QFile::exists(m_path + QStringLiteral(".lock")));
        QVERIFY(!errorOf(m_path).isEmpty());
        QCOMPARE(errorOf(m_folder->filePath(QStringLiteral("other.db"))), QString());
    }
    QCOMPARE(errorOf(m_path), QString());
}

void EngineLockTest::namesTheHolder()
{
    const auto lock = EngineLock::acquire(m_path, QStringLiteral("hookswitchd"));
    const QString error = errorOf(m_path);
    const QString holder =
        QStringLiteral("hookswitchd, process %1").arg(QCoreApplication::applicationPid());
    QVERIFY2(error.contains(holder), qPrintable(error));
    QVERIFY2(error.contains(m_path), qPrintable(error));
}

void EngineLockTest::isFreeOnceTheHolderIsKilled()
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--hold"), m_path});
    QVERIFY(child.waitForReadyRead(30000));
    const QString error = errorOf(m_path);
    QVERIFY2(error.contains(QString::number(child.processId())), qPrintable(error));
    child.kill();
    QVERIFY(child.waitForFinished(30000));
    QCOMPARE(errorOf(m_path), QString());
}

void EngineLockTest::aLeftOverFileDoesNotMatter()
{
    QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("folder"))));
    QFile file(m_path + QStringLiteral(".lock"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    // As after a crash in a container, where the next one has the same process id.
    file.write("hookswitchd, process " + QByteArray::number(QCoreApplication::applicationPid())
               + "\nand much more than will be written over it");
    file.close();
    const auto lock = EngineLock::acquire(m_path, QStringLiteral("a"));
    QVERIFY(lock);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 1);
}

void EngineLockTest::everyNameOfTheDatabaseIsTheSame()
{
    QVERIFY(QDir().mkpath(m_folder->filePath(QStringLiteral("folder"))));
    const QString folderLink = m_folder->filePath(QStringLiteral("link"));
    QVERIFY(QFile::link(m_folder->filePath(QStringLiteral("folder")), folderLink));
    const auto lock = EngineLock::acquire(m_path, QStringLiteral("first"));
    QVERIFY(!errorOf(folderLink + QStringLiteral("/calls.db")).isEmpty());
    QVERIFY(!errorOf(m_folder->filePath(QStringLiteral("folder/../folder/calls.db"))).isEmpty());

    QFile database(m_path);
    QVERIFY(database.open(QIODevice::WriteOnly));
    const QString fileLink = m_folder->filePath(QStringLiteral("other.db"));
    QVERIFY(QFile::link(m_path, fileLink));
    QVERIFY(!errorOf(fileLink).isEmpty());
}

void EngineLockTest::tellsWhyThereCanBeNone()
{
    QString error = errorOf(QStringLiteral("/proc/nonesuch/calls.db"));
    QVERIFY2(error.contains(QStringLiteral("'/proc/nonesuch'")), qPrintable(error));
    QVERIFY(QDir().mkpath(m_path + QStringLiteral(".lock"))); // a folder is in the way
    error = errorOf(m_path);
    QVERIFY2(error.contains(QStringLiteral("calls.db.lock' can't be opened (Is a dir")),
             qPrintable(error));
}

void EngineLockTest::movesWithItsOwner()
{
    auto first = EngineLock::acquire(m_path, QStringLiteral("first"));
    {
        const EngineLock moved = std::move(*first);
        QVERIFY(!errorOf(m_path).isEmpty());
    }
    QCOMPARE(errorOf(m_path), QString());
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QStringLiteral("--hold")) {
        const auto lock = EngineLock::acquire(arguments.at(2), QStringLiteral("child"));
        std::puts(lock ? "held" : "not held");
        std::fflush(stdout);
        return QCoreApplication::exec();
    }
    EngineLockTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_engine_lock.moc"
