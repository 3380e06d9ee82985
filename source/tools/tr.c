/* tr(1) with -d, -s and -c: sets with ranges, escapes and classes. */
#include "shared/escape.h"
#include "shared/tool.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct set {
	unsigned char members[1024];
	int count;
};

static void add(struct set *set, int c)
{
	if (set->count < (int)sizeof set->members)
		set->members[set->count++] = (unsigned char)c;
}

/* "[:alpha:]" at `text`: the function that knows its members. */
static int (*class_at(const char *text))(int)
{
	static const struct {
		const char *name;
		int (*is_member)(int);
	} classes[] = {
		{"[:alpha:]", isalpha}, {"[:digit:]", isdigit}, {"[:alnum:]", isalnum}, {"[:upper:]", isupper},
		{"[:lower:]", islower}, {"[:space:]", isspace}, {"[:punct:]", ispunct}, {"[:blank:]", isblank},
		{"[:print:]", isprint}, {"[:cntrl:]", iscntrl}, {"[:graph:]", isgraph}, {"[:xdigit:]", isxdigit},
	};
	size_t i;

	for (i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (strncmp(text, classes[i].name, strlen(classes[i].name)) == 0)
			return classes[i].is_member;
	}
	return NULL;
}

static int take_character(const char **text)
{
	if (**text == '\\' && (*text)[1]) {
		int c;
		++*text;
		c = escaped_character(text);
		if (c >= 0)
			return c;
	}
	return (unsigned char)*(*text)++;
}

static void parse_set(struct set *set, const char *text)
{
	set->count = 0;
	while (*text) {
		int (*is_member)(int) = class_at(text), first, last, c;
		if (is_member) {
			for (c = 0; c < 256; c++) {
				if (is_member(c))
					add(set, c);
			}
			text = strchr(text, ']') + 1;
			continue;
		}
		first = last = take_character(&text);
		if (text[0] == '-' && text[1]) {
			text++;
			last = take_character(&text);
			if (last < first) {
				complain(0, "range-endpoints of '%c-%c' are in reverse collating sequence order", first, last);
				exit(1);
			}
		}
		for (c = first; c <= last; c++)
			add(set, c);
	}
}

static void complement(struct set *set)
{
	struct set other = {{0}, 0};
	int c;

	for (c = 0; c < 256; c++) {
		if (!memchr(set->members, c, (size_t)set->count))
			add(&other, c);
	}
	*set = other;
}

int main(int argc, char **argv)
{
	static struct set first, second;
	static unsigned char map[256], deleted[256], squeezed[256];
	int option, deletes = 0, squeezes = 0, complements = 0, count, i, last = -1;
	static char buffer[4096];
	ssize_t n;

	tool_name = "tr";
	while ((option = getopt(argc, argv, "+dscC")) != -1) {
		if (option == 'd')
			deletes = 1;
		else if (option == 's')
			squeezes = 1;
		else if (option == '?')
			usage_exit(1);
		else
			complements = 1;
	}
	count = argc - optind;
	if (count < 1 || (count < 2 && deletes == squeezes)) {
		if (count < 1)
			complain(0, "missing operand");
		else
			complain(0, "missing operand after '%s'", argv[argc - 1]);
		usage_exit(1);
	}
	parse_set(&first, argv[optind]);
	if (complements)
		complement(&first);
	if (count > 1)
		parse_set(&second, argv[optind + 1]);
	for (i = 0; i < 256; i++)
		map[i] = (unsigned char)i;
	if (deletes) {
		for (i = 0; i < first.count; i++)
			deleted[first.members[i]] = 1;
	} else if (count > 1) {
		if (second.count == 0) {
			complain(0, "when not truncating set1, string2 must be non-empty");
			return 1;
		}
		for (i = 0; i < first.count; i++)
			map[first.members[i]] = second.members[i < second.count ? i : second.count - 1];
	}
	if (squeezes) {
		const struct set *set = count > 1 ? &second : &first;
		for (i = 0; i < set->count; i++)
			squeezed[set->members[i]] = 1;
	}
	while ((n = read(0, buffer, sizeof buffer)) > 0) {
		for (i = 0; i < n; i++) {
			int c = (unsigned char)buffer[i];
			if (deleted[c])
				continue;
			c = map[c];
			if (squeezed[c] && c == last)
				continue;
			putchar(c);
			last = c;
		}
		fflush(stdout);
	}
	return finish(0);
}
