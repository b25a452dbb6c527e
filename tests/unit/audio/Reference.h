// What the tests with reference signals say of a figure that is not where it must be.
#pragma once

#include <QTest>

#include <cmath>

namespace hs::test {

inline double dB(double ratio)
{
    return 20 * std::log10(ratio);
}

} // namespace hs::test

#define WITHIN(actual, expected, tolerance)                                                        \
    QVERIFY2(std::abs((actual) - (expected)) <= (tolerance),                                       \
             qPrintable(QStringLiteral("%1, not %2").arg(actual).arg(expected)))
#define AT_LEAST(actual, least)                                                                    \
    QVERIFY2((actual) >= (least), qPrintable(QStringLiteral("%1 < %2").arg(actual).arg(least)))
