#ifndef _UCONTEXT_H
#define _UCONTEXT_H
#include <sys/ucontext.h>

extern int __getcontext(ucontext_t *__context);
extern int setcontext(const ucontext_t *__context);
extern int swapcontext(ucontext_t *__restrict __save, const ucontext_t *__restrict __next);
extern void makecontext(ucontext_t *__context, void (*__entry)(void), int __argc, ...);

/* The setjmp makes the compiler keep the variables of the calling function in memory, where they outlive a return. */
#define getcontext(context) (__builtin_setjmp((context)->__variables), __getcontext(context))
#endif
