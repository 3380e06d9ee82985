// gethostent(3) and getnetent(3), on the simulated machine only: the lists are the host's own elsewhere.

import assert from 'node:assert/strict';
import {test} from 'vitest';
import {runUntil} from '../../source/machine/session.js';
import {printed, sessionOf} from '../support/machine-setup.js';

const program = `
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

static void show(const char *what, const struct netent *entry)
{
	if (entry)
		printf("%s: %s %x %d %s\\n", what, entry->n_name, entry->n_net, entry->n_addrtype == AF_INET, entry->n_aliases[0] ? entry->n_aliases[0] : "-");
	else
		printf("%s: none\\n", what);
}

int main(void)
{
	struct hostent *host;
	struct netent *network;
	char address[20];
	FILE *f;

	host = gethostent();
	printf("%s %s\\n", inet_ntop(AF_INET, host->h_addr, address, sizeof address), host->h_name);
	while (gethostent())
		;
	sethostent(1);
	printf("again %d\\n", strcmp(gethostent()->h_name, "localhost"));
	endhostent();
	while ((network = getnetent()))
		show("built in", network);
	endnetent();
	f = fopen("/etc/networks", "w");
	fputs("# ours\\nloopback 127.0.0.0\\nlab 10.0.0.0 rooms\\n", f);
	fclose(f);
	while ((network = getnetent()))
		show("listed", network);
	show("by name", getnetbyname("rooms"));
	show("by address", getnetbyaddr(0x0a000000, AF_INET));
	show("missing", getnetbyname("moon"));
	return 0;
}`;

test('hosts and networks are listed an entry at a time', () => {
	const session = sessionOf({program});
	runUntil(session, 10_000_000);
	assert.deepEqual(printed(session).trimEnd().split('\n'), [
		'127.0.0.1 localhost',
		'again 0',
		'built in: loopback 7f000000 1 -',
		'listed: loopback 7f000000 1 -',
		'listed: lab a000000 1 rooms',
		'by name: lab a000000 1 rooms',
		'by address: lab a000000 1 rooms',
		'missing: none',
	]);
});
