// libraryOwn: the function of a library behind one of the program's own that has its name and
// stands before it. Thread: any.
#pragma once

#include <dlfcn.h>

namespace hs::device {

// Null where no library has it.
template <class Function>
Function libraryOwn(const char* name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

} // namespace hs::device
