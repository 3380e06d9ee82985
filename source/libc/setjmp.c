/* longjmp(3). setjmp itself is the compiler's, because the frame that called it must still be there. */
#include <setjmp.h>
#include <signal.h>

void __sigsetjmp_save(struct __jmp_buf_tag *env, int save_mask)
{
	env->__mask_was_saved = save_mask != 0 && sigprocmask(SIG_BLOCK, NULL, &env->__saved_mask) == 0;
}

void longjmp(struct __jmp_buf_tag env[1], int value)
{
	if (env->__mask_was_saved)
		sigprocmask(SIG_SETMASK, &env->__saved_mask, NULL);
	__builtin_longjmp(env->__registers, value == 0 ? 1 : value);
}

void _longjmp(struct __jmp_buf_tag env[1], int value)
{
	longjmp(env, value);
}

void siglongjmp(struct __jmp_buf_tag env[1], int value)
{
	longjmp(env, value);
}
