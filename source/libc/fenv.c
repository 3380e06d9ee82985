/* The floating-point environment (fenv(3)): to nearest is the only rounding, and no exception is ever recorded. */
#include <fenv.h>

int feclearexcept(int excepts)
{
	(void)excepts;
	return 0;
}

int fegetexceptflag(fexcept_t *flags, int excepts)
{
	(void)excepts;
	*flags = 0;
	return 0;
}

int feraiseexcept(int excepts)
{
	return excepts != 0;
}

int fesetexceptflag(const fexcept_t *flags, int excepts)
{
	return (*flags & (fexcept_t)excepts) != 0;
}

int fetestexcept(int excepts)
{
	(void)excepts;
	return 0;
}

int fegetround(void)
{
	return FE_TONEAREST;
}

int fesetround(int round)
{
	return round != FE_TONEAREST;
}

int fegetenv(fenv_t *env)
{
	env->__round = FE_TONEAREST;
	return 0;
}

int feholdexcept(fenv_t *env)
{
	return fegetenv(env);
}

int fesetenv(const fenv_t *env)
{
	(void)env;
	return 0;
}

int feupdateenv(const fenv_t *env)
{
	return fesetenv(env);
}
