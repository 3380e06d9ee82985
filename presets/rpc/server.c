/*
 * Offers the procedures of calc.h. svc_run() waits for calls; dispatch() unpacks
 * the arguments, calls the real function and sends its result back.
 */
#include <stdio.h>
#include "calc.h"

static int served;

static int add(int a, int b)
{
	return a + b;
}

static void dispatch(struct svc_req *request, SVCXPRT *transport)
{
	struct pair arguments = {0, 0};
	int result;

	switch (request->rq_proc) {
	case CALC_ADD:
		if (!svc_getargs(transport, (xdrproc_t)xdr_pair, (char *)&arguments)) {
			svcerr_decode(transport);
			return;
		}
		result = add(arguments.a, arguments.b);
		served++;
		svc_sendreply(transport, (xdrproc_t)xdr_int, (char *)&result);
		break;
	case CALC_QUIT:
		svc_sendreply(transport, (xdrproc_t)xdr_int, (char *)&served);
		svc_unregister(CALC_PROGRAM, CALC_VERSION);
		svc_exit();
		break;
	default:
		svcerr_noproc(transport);
	}
}

int main(void)
{
	SVCXPRT *transport = svcudp_create(RPC_ANYSOCK);

	if (transport == NULL ||
	    !svc_register(transport, CALC_PROGRAM, CALC_VERSION, dispatch, IPPROTO_UDP)) {
		fprintf(stderr, "server: can't register\n");
		return 1;
	}
	svc_run();
	return 0;
}
