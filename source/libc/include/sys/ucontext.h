#ifndef _SYS_UCONTEXT_H
#define _SYS_UCONTEXT_H

#include <bits/types.h>
#include <bits/sigset.h>

typedef struct {
	void *ss_sp;
	int ss_flags;
	size_t ss_size;
} stack_t;
#define SS_ONSTACK 1
#define SS_DISABLE 2

typedef long greg_t;
typedef greg_t gregset_t[23];

typedef struct {
	gregset_t gregs;
	void *fpregs;
	unsigned long __reserved1[8]; /* [0]: the number under which the kernel keeps the frames. */
} mcontext_t;

typedef struct ucontext_t {
	unsigned long uc_flags;
	struct ucontext_t *uc_link;
	stack_t uc_stack;
	mcontext_t uc_mcontext;
	sigset_t uc_sigmask;
	long __variables[8];
} ucontext_t;

#endif
