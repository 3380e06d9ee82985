/* Feature test macros (feature_test_macros(7)). Everything glibc declares by default is always declared; GNU extensions
   only with _GNU_SOURCE, so that a program's own function of such a name does not clash. */
#ifndef _FEATURES_H
#define _FEATURES_H

#ifdef _GNU_SOURCE
#define __USE_GNU 1
#endif
#define __GLIBC__ 2
#define __GLIBC_MINOR__ 36
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE 1
#endif

#define __THROW
#define __BEGIN_DECLS
#define __END_DECLS

#endif
