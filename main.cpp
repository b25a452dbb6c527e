#include "JitterScenario.h"
#include <QFile>
int main(int c, char** v){ for(int i=1;i<c;++i){ QFile f(QString::fromLocal8Bit(v[i])); f.open(QIODevice::ReadOnly); fprintf(stderr,"%-28s ", v[i]); hs::test::JitterScenario s; QString w=s.run(f.readAll()); if(!w.isEmpty()) fprintf(stderr," !! %s\n", qPrintable(w)); } }
