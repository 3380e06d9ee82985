/* Variables, the environment and the positional parameters. */
#include "sh.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct variable {
	char *name;
	char *value; /* NULL: not set, but exported or protected. */
	int is_exported, is_protected;
	struct variable *next;
};

struct saved_variable {
	char *name, *value;
	int is_exported;
	struct saved_variable *before;
};

#define BUCKETS 61
static struct variable *buckets[BUCKETS];
static struct saved_variable *saved;
char **parameters;
int parameter_count;
char *shell_name;

static struct variable *find(const char *name, int creates)
{
	unsigned hash = 0;
	const char *at;
	struct variable **place, *variable;

	for (at = name; *at; at++)
		hash = hash * 31 + (unsigned char)*at;
	for (place = &buckets[hash % BUCKETS]; *place; place = &(*place)->next) {
		if (strcmp((*place)->name, name) == 0)
			return *place;
	}
	if (!creates)
		return NULL;
	variable = calloc(1, sizeof *variable);
	variable->name = strdup(name);
	return *place = variable;
}

size_t name_length(const char *text)
{
	size_t n = 0;

	if (!isalpha((unsigned char)*text) && *text != '_')
		return 0;
	while (isalnum((unsigned char)text[n]) || text[n] == '_')
		n++;
	return n;
}

const char *get_variable(const char *name)
{
	struct variable *variable = find(name, 0);

	return variable ? variable->value : NULL;
}

void set_variable(const char *name, const char *value)
{
	struct variable *variable = find(name, 1);
	char *copy;

	if (variable->is_protected)
		fail(2, "%s: is read only", name);
	copy = value ? strdup(value) : NULL; /* It may be the old value itself. */
	free(variable->value);
	variable->value = copy;
}

void assign(const char *name_and_value)
{
	size_t length = name_length(name_and_value);
	char *name = arena_copy(name_and_value, length);

	set_variable(name, name_and_value + length + 1);
}

int unset_variable(const char *name)
{
	struct variable *variable = find(name, 0);

	if (!variable)
		return 0;
	if (variable->is_protected) {
		warn("%s: is read only", name);
		return 1;
	}
	free(variable->value);
	variable->value = NULL;
	variable->is_exported = 0;
	return 0;
}

void export_variable(const char *name)
{
	find(name, 1)->is_exported = 1;
}

void protect_variable(const char *name)
{
	find(name, 1)->is_protected = 1;
}

static int compare_variables(const void *a, const void *b)
{
	return strcmp((*(struct variable *const *)a)->name, (*(struct variable *const *)b)->name);
}

static void print_quoted(const char *text)
{
	putchar('\'');
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\"'\"'", stdout);
		else
			putchar(*text);
	}
	putchar('\'');
}

void list_variables(const char *prefix, int only_exported, int only_protected)
{
	struct variable **list = NULL, *variable;
	size_t count = 0, i;

	for (i = 0; i < BUCKETS; i++) {
		for (variable = buckets[i]; variable; variable = variable->next) {
			if ((only_exported && !variable->is_exported) || (only_protected && !variable->is_protected))
				continue;
			if (!variable->value && !only_exported && !only_protected)
				continue;
			list = realloc(list, (count + 1) * sizeof *list);
			list[count++] = variable;
		}
	}
	if (count > 0)
		qsort(list, count, sizeof *list, compare_variables);
	for (i = 0; i < count; i++) {
		printf("%s%s", prefix, list[i]->name);
		if (list[i]->value) {
			putchar('=');
			print_quoted(list[i]->value);
		}
		putchar('\n');
	}
	free(list);
}

void import_environment(char **environment)
{
	for (; environment && *environment; environment++) {
		size_t length = name_length(*environment);
		char *name;
		if (length == 0 || (*environment)[length] != '=')
			continue;
		name = arena_copy(*environment, length);
		set_variable(name, *environment + length + 1);
		export_variable(name);
	}
}

char **make_environment(void)
{
	char **environment = NULL;
	size_t count = 0, i;
	struct variable *variable;

	for (i = 0; i < BUCKETS; i++) {
		for (variable = buckets[i]; variable; variable = variable->next) {
			char *text;
			if (!variable->is_exported || !variable->value)
				continue;
			text = arena_allocate(strlen(variable->name) + strlen(variable->value) + 2);
			sprintf(text, "%s=%s", variable->name, variable->value);
			environment = realloc(environment, (count + 2) * sizeof *environment);
			environment[count++] = text;
		}
	}
	if (!environment)
		environment = malloc(sizeof *environment);
	environment[count] = NULL;
	return environment;
}

struct saved_variable *begin_locals(void)
{
	return saved;
}

void save_variable(const char *name)
{
	struct variable *variable = find(name, 1);
	struct saved_variable *copy = malloc(sizeof *copy);

	copy->name = variable->name;
	copy->value = variable->value ? strdup(variable->value) : NULL;
	copy->is_exported = variable->is_exported;
	copy->before = saved;
	saved = copy;
}

void end_locals(struct saved_variable *before)
{
	while (saved != before) {
		struct saved_variable *copy = saved;
		struct variable *variable = find(copy->name, 1);
		free(variable->value);
		variable->value = copy->value;
		variable->is_exported = copy->is_exported;
		saved = copy->before;
		free(copy);
	}
}

void set_parameters(char **list, int count)
{
	char **copy = malloc(((size_t)count + 1) * sizeof *copy);
	int i;

	for (i = 0; i < count; i++)
		copy[i] = strdup(list[i]);
	copy[count] = NULL;
	parameters = copy;
	parameter_count = count;
}
