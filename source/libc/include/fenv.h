#ifndef _FENV_H
#define _FENV_H

/*
 * The simulated processor rounds to nearest and keeps no record of floating-point exceptions. As C11 7.6 has it, the
 * macros of what there is not are not defined: there is no FE_DIVBYZERO to ask for, and FE_ALL_EXCEPT is none.
 */
typedef struct {
	unsigned int __round;
} fenv_t;
typedef unsigned int fexcept_t;

#define FE_ALL_EXCEPT 0
#define FE_TONEAREST 0
#define FE_DFL_ENV ((const fenv_t *)-1)

extern int feclearexcept(int __excepts);
extern int fegetexceptflag(fexcept_t *__flags, int __excepts);
extern int feraiseexcept(int __excepts);
extern int fesetexceptflag(const fexcept_t *__flags, int __excepts);
extern int fetestexcept(int __excepts);
extern int fegetround(void);
extern int fesetround(int __round);
extern int fegetenv(fenv_t *__env);
extern int feholdexcept(fenv_t *__env);
extern int fesetenv(const fenv_t *__env);
extern int feupdateenv(const fenv_t *__env);

#endif
