/* printf(1): a format, used again as long as there are arguments. */
#ifndef PRINT_FORMATTED_H
#define PRINT_FORMATTED_H

/* The exit status: 1 after a complaint about an argument. */
int print_formatted(const char *format, char **arguments);

#endif
