/* The operands of cp(1) and mv(1): SOURCE TARGET, or SOURCE… DIRECTORY. */
#ifndef TARGET_H
#define TARGET_H

/* Calls `act` for each source with the path it goes to. The exit status. */
int for_each_target(int count, char **operands, int (*act)(const char *from, const char *to));

#endif
