/* Backslash escapes as echo(1) and printf(1) know them. */
#ifndef ESCAPE_H
#define ESCAPE_H

/* Prints a text with its escapes resolved; an octal number is \0NNN. True after \c, which ends all output. */
int put_escaped(const char *text);

/* The character that the escape behind a backslash stands for; `*text` moves behind it. Octal numbers are \NNN. -1: none. */
int escaped_character(const char **text);

#endif
