/* drand48(3): the 48-bit linear congruential generator. */
#include <stdlib.h>

static unsigned short current[3], previous[3];
static unsigned long multiplier = 0x5deece66dUL;
static unsigned short increment = 0xb;

static unsigned long step(unsigned short x[3])
{
	unsigned long value = x[0] | (unsigned long)x[1] << 16 | (unsigned long)x[2] << 32;

	value = (value * multiplier + increment) & 0xffffffffffffUL;
	x[0] = (unsigned short)value;
	x[1] = (unsigned short)(value >> 16);
	x[2] = (unsigned short)(value >> 32);
	return value;
}

double erand48(unsigned short x[3])
{
	return (double)step(x) / 281474976710656.0;
}

double drand48(void)
{
	return erand48(current);
}

long nrand48(unsigned short x[3])
{
	return (long)(step(x) >> 17);
}

long lrand48(void)
{
	return nrand48(current);
}

long jrand48(unsigned short x[3])
{
	return (int)(step(x) >> 16);
}

long mrand48(void)
{
	return jrand48(current);
}

void srand48(long seed)
{
	current[0] = 0x330e;
	current[1] = (unsigned short)seed;
	current[2] = (unsigned short)(seed >> 16);
	multiplier = 0x5deece66dUL;
	increment = 0xb;
}

unsigned short *seed48(unsigned short x[3])
{
	int i;

	for (i = 0; i < 3; i++) {
		previous[i] = current[i];
		current[i] = x[i];
	}
	multiplier = 0x5deece66dUL;
	increment = 0xb;
	return previous;
}

void lcong48(unsigned short p[7])
{
	int i;

	for (i = 0; i < 3; i++)
		current[i] = p[i];
	multiplier = p[3] | (unsigned long)p[4] << 16 | (unsigned long)p[5] << 32;
	increment = p[6];
}
