#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <bits/clone-flags.h>

#endif
