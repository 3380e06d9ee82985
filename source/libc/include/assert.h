/* No include guard on purpose: assert() follows NDEBUG anew at each inclusion (assert(3)). */
#include <features.h>

#undef assert
#undef static_assert

extern void __assert_fail(const char *__assertion, const char *__file, unsigned int __line, const char *__function)
	__attribute__((__noreturn__));

#ifdef NDEBUG
#define assert(expression) ((void)0)
#else
#define assert(expression) ((expression) ? (void)0 : __assert_fail(#expression, __FILE__, __LINE__, __func__))
#endif
#define static_assert _Static_assert
