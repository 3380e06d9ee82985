#ifndef _SETJMP_H
#define _SETJMP_H

#include <bits/sigset.h>

struct __jmp_buf_tag {
	long __registers[8];
	int __mask_was_saved;
	sigset_t __saved_mask;
};

typedef struct __jmp_buf_tag jmp_buf[1];
typedef struct __jmp_buf_tag sigjmp_buf[1];

extern void __sigsetjmp_save(struct __jmp_buf_tag *__env, int __save_mask);
extern void longjmp(struct __jmp_buf_tag __env[1], int __value) __attribute__((__noreturn__));
extern void _longjmp(struct __jmp_buf_tag __env[1], int __value) __attribute__((__noreturn__));
extern void siglongjmp(struct __jmp_buf_tag __env[1], int __value) __attribute__((__noreturn__));

#define setjmp(env) ((env)->__mask_was_saved = 0, __builtin_setjmp((env)->__registers))
#define _setjmp(env) setjmp(env)
#define sigsetjmp(env, mask) (__sigsetjmp_save(env, mask), __builtin_setjmp((env)->__registers))

#endif
