#ifndef _WCTYPE_H
#define _WCTYPE_H

#include <wchar.h>

extern int iswalnum(wint_t __c);
extern int iswalpha(wint_t __c);
extern int iswdigit(wint_t __c);
extern int iswlower(wint_t __c);
extern int iswupper(wint_t __c);
extern int iswspace(wint_t __c);
extern int iswpunct(wint_t __c);
extern int iswprint(wint_t __c);
extern wint_t towlower(wint_t __c);
extern wint_t towupper(wint_t __c);

#endif
