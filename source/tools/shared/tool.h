/* What the small tools share: messages in the manner of coreutils, and loops over operands. */
#ifndef TOOL_H
#define TOOL_H

#include <stdio.h>

/* The name in messages, set by main; sh's is `sh: 1: kill`. */
extern const char *tool_name;

/* "NAME: message", and ": " with the error's text if `error` is not zero. */
void complain(int error, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "Try 'NAME --help' for more information." and exit with `status`. */
void usage_exit(int status) __attribute__((noreturn));
/* Ends with `status`, or with 1 and a message if standard output could not be written. */
int finish(int status);

/* A whole number with nothing behind it. */
int parse_number(const char *text, long *result);
/* Opens an operand for reading, "-" and none being standard input; complains. */
FILE *open_operand(const char *name);

#endif
