/* The expressions of test(1). */
#ifndef EVALUATE_TEST_H
#define EVALUATE_TEST_H

/* 0 true, 1 false, 2 after a complaint. */
int evaluate_test(int count, char **arguments);

#endif
