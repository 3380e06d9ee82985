/*
 * Calls a procedure of another computer. For main() it looks like any function:
 * add(client, 2, 40). The stub packs the arguments, sends them and waits.
 */
#include <stdio.h>
#include "calc.h"

static const struct timeval patience = {25, 0};

/* The stub. */
static int add(CLIENT *client, int a, int b)
{
	struct pair arguments = {a, b};
	int result = 0;
	enum clnt_stat status = clnt_call(client, CALC_ADD, (xdrproc_t)xdr_pair, (char *)&arguments,
					  (xdrproc_t)xdr_int, (char *)&result, patience);

	if (status != RPC_SUCCESS)
		clnt_perror(client, "add");
	return result;
}

int main(void)
{
	enum clnt_stat status;
	int unused = 0, served = 0;

	setlinebuf(stdout);
	CLIENT *client = clnt_create("server", CALC_PROGRAM, CALC_VERSION, "udp");
	if (client == NULL) {
		clnt_pcreateerror("server");
		return 1;
	}
	printf("add(2, 40) is %d\n", add(client, 2, 40));
	printf("add(-7, 5) is %d\n", add(client, -7, 5));

	status = clnt_call(client, 99, (xdrproc_t)xdr_int, (char *)&unused, (xdrproc_t)xdr_int,
			   (char *)&served, patience);
	printf("procedure 99: %s\n", clnt_sperrno(status));

	clnt_call(client, CALC_QUIT, (xdrproc_t)xdr_int, (char *)&unused, (xdrproc_t)xdr_int,
		  (char *)&served, patience);
	printf("the server says good-bye after %d additions\n", served);
	clnt_destroy(client);
	return 0;
}
