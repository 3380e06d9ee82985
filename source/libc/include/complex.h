#ifndef _COMPLEX_H
#define _COMPLEX_H

/* The compiler says at its use that it has no complex numbers. */
#define complex _Complex

#endif
