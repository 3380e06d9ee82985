/* The lists of hosts and networks, an entry at a time: gethostent(3), getnetent(3). Without a file /etc/networks there is the
   loopback network only. */
#include "internal.h"
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

#define MAX_WORDS 10

static FILE *hosts, *networks;
static int is_loopback_given;

static void rewind_list(FILE **f)
{
	if (*f)
		rewind(*f);
}

static void close_list(FILE **f)
{
	if (*f)
		fclose(*f);
	*f = NULL;
}

void sethostent(int stay_open)
{
	(void)stay_open;
	rewind_list(&hosts);
}

void endhostent(void)
{
	close_list(&hosts);
}

struct hostent *gethostent(void)
{
	static struct hostent entry;
	static char line[512], *words[MAX_WORDS + 1], *addresses[2];
	static in_addr_t address;
	int count;

	if (!hosts)
		hosts = fopen(_PATH_HOSTS, "re");
	if (!hosts)
		return NULL;
	while ((count = __read_words(hosts, line, sizeof line, words, MAX_WORDS))) {
		if (inet_pton(AF_INET, words[0], &address) != 1)
			continue;
		addresses[0] = (char *)&address;
		entry.h_name = words[1];
		entry.h_aliases = words + 2;
		entry.h_addrtype = AF_INET;
		entry.h_length = 4;
		entry.h_addr_list = addresses;
		return &entry;
	}
	return NULL;
}

void setnetent(int stay_open)
{
	(void)stay_open;
	rewind_list(&networks);
	is_loopback_given = 0;
}

void endnetent(void)
{
	close_list(&networks);
	is_loopback_given = 0;
}

/* The words of the next line: name, address, aliases. */
static int next_network(char *line, int size, char **words)
{
	static char loopback[] = "loopback", address[] = "127.0.0.0";

	if (!networks)
		networks = fopen(_PATH_NETWORKS, "re");
	if (networks)
		return __read_words(networks, line, size, words, MAX_WORDS);
	if (is_loopback_given)
		return 0;
	is_loopback_given = 1;
	words[0] = loopback;
	words[1] = address;
	words[2] = NULL;
	return 2;
}

struct netent *getnetent(void)
{
	static struct netent entry;
	static char line[512], *words[MAX_WORDS + 1];

	if (!next_network(line, sizeof line, words))
		return NULL;
	entry.n_name = words[0];
	entry.n_aliases = words + 2;
	entry.n_addrtype = AF_INET;
	entry.n_net = inet_network(words[1]);
	return &entry;
}

static int has_name(const struct netent *entry, const char *name)
{
	char **alias;

	if (strcmp(entry->n_name, name) == 0)
		return 1;
	for (alias = entry->n_aliases; *alias; alias++)
		if (strcmp(*alias, name) == 0)
			return 1;
	return 0;
}

struct netent *getnetbyname(const char *name)
{
	struct netent *entry;

	setnetent(0);
	while ((entry = getnetent()) && !has_name(entry, name))
		;
	endnetent();
	return entry;
}

struct netent *getnetbyaddr(uint32_t network, int type)
{
	struct netent *entry;

	setnetent(0);
	while ((entry = getnetent()) && (entry->n_addrtype != type || entry->n_net != network))
		;
	endnetent();
	return entry;
}
