#include "Waiting.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

namespace hs::bench {

void wait(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

bool waitUntil(const std::function<bool()>& holds, int mostMs)
{
    QElapsedTimer passed;
    passed.start();
    while (!holds()) {
        if (passed.elapsed() > mostMs) {
            return false;
        }
        wait(10);
    }
    return true;
}

} // namespace hs::bench
