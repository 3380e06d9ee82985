/* Regular expressions: regcomp(3), regexec(3). The pattern becomes a tree of nodes linked to what comes after them; matching
   tries the alternatives of each node in turn and keeps the longest match, as POSIX wants it. */
#include <ctype.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { MATCHED, CHARACTER, ANY, SET, LINE_START, LINE_END, OPEN, CLOSE, ALTERNATIVES, REPEAT, REFERENCE, NOTHING };

struct node {
	enum kind kind;
	int value; /* A character, or the number of a group. */
	int low, high; /* Of REPEAT; high -1: as often as it goes. */
	struct node *next;
	struct node *inner; /* What is repeated, or the first alternative. */
	struct node *other; /* The next alternative. */
	unsigned char *set;
	int count; /* Rounds of REPEAT, while matching. */
	const char *last; /* Where its last round began. */
	struct node *all; /* Every node of the pattern, to be freed. */
};

struct __regex {
	struct node *start;
	struct node *all;
};

struct parser {
	const char *at;
	int flags;
	int error;
	int groups;
	int depth;
	struct node *all;
};

#define IS_EXTENDED(p) ((p)->flags & REG_EXTENDED)
#define GROUPS 64

static struct node *parse_alternatives(struct parser *p);

static struct node *new_node(struct parser *p, enum kind kind, int value)
{
	struct node *n = calloc(1, sizeof *n);

	if (!n) {
		p->error = REG_ESPACE;
		return NULL;
	}
	n->kind = kind;
	n->value = value;
	n->all = p->all;
	p->all = n;
	return n;
}

/* ---- Sets ---- */

static void put_in_set(struct parser *p, unsigned char *set, int c)
{
	set[c >> 3] |= (unsigned char)(1 << (c & 7));
	if (p->flags & REG_ICASE && isalpha(c)) {
		c = islower(c) ? toupper(c) : tolower(c);
		set[c >> 3] |= (unsigned char)(1 << (c & 7));
	}
}

static int put_class(struct parser *p, unsigned char *set)
{
	static const struct {
		const char *name;
		int (*test)(int);
	} classes[] = {
		{ "alnum:]", isalnum }, { "alpha:]", isalpha }, { "blank:]", isblank }, { "cntrl:]", iscntrl },
		{ "digit:]", isdigit }, { "graph:]", isgraph }, { "lower:]", islower }, { "print:]", isprint },
		{ "punct:]", ispunct }, { "space:]", isspace }, { "upper:]", isupper }, { "xdigit:]", isxdigit }
	};
	size_t i;
	int c;

	for (i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (strncmp(p->at, classes[i].name, strlen(classes[i].name)) != 0)
			continue;
		for (c = 1; c < 256; c++) {
			if (classes[i].test(c))
				put_in_set(p, set, c);
		}
		p->at += strlen(classes[i].name);
		return 1;
	}
	p->error = REG_ECTYPE;
	return 0;
}

/* One end of a range: a character, `[.c.]` or `[=c=]`. */
static int set_element(struct parser *p)
{
	int c = (unsigned char)*p->at++;

	if (c == '[' && (*p->at == '.' || *p->at == '=') && p->at[1] && p->at[2] == *p->at && p->at[3] == ']') {
		c = (unsigned char)p->at[1];
		p->at += 4;
	}
	return c;
}

static struct node *parse_set(struct parser *p)
{
	struct node *n = new_node(p, SET, 0);
	int is_negated = *p->at == '^', c, last, i;
	const char *first;

	if (!n || !(n->set = calloc(1, 32)))
		return NULL;
	if (is_negated)
		p->at++;
	for (first = p->at; *p->at != ']' || p->at == first;) {
		if (!*p->at) {
			p->error = REG_EBRACK;
			return NULL;
		}
		if (p->at[0] == '[' && p->at[1] == ':') {
			p->at += 2;
			if (!put_class(p, n->set))
				return NULL;
			continue;
		}
		c = last = set_element(p);
		if (p->at[0] == '-' && p->at[1] != ']' && p->at[1]) {
			p->at++;
			last = set_element(p);
		}
		if (c > last) {
			p->error = REG_ERANGE;
			return NULL;
		}
		for (; c <= last; c++)
			put_in_set(p, n->set, c);
	}
	p->at++;
	if (is_negated) {
		for (i = 0; i < 32; i++)
			n->set[i] = (unsigned char)~n->set[i];
		if (p->flags & REG_NEWLINE)
			n->set['\n' >> 3] &= (unsigned char)~(1 << ('\n' & 7));
	}
	return n;
}

/* ---- Atoms and repetitions ---- */

static struct node *parse_group(struct parser *p)
{
	int number = ++p->groups;
	struct node *open = new_node(p, OPEN, number), *close = new_node(p, CLOSE, number), *inner, *last;

	p->depth++;
	inner = parse_alternatives(p);
	p->depth--;
	if (p->error || !open || !close)
		return NULL;
	if (IS_EXTENDED(p) ? *p->at != ')' : p->at[0] != '\\' || p->at[1] != ')') {
		p->error = REG_EPAREN;
		return NULL;
	}
	p->at += IS_EXTENDED(p) ? 1 : 2;
	open->next = inner;
	for (last = open; last->next; last = last->next)
		;
	last->next = close;
	return open;
}

/* Gnu's: \w \W \s \S, and in both syntaxes back references. */
static struct node *parse_escape(struct parser *p)
{
	int c = (unsigned char)*p->at++, i;
	struct node *n;

	if (c == 0) {
		p->error = REG_EESCAPE;
		return NULL;
	}
	if (c >= '1' && c <= '9') {
		if (c - '0' > p->groups)
			p->error = REG_ESUBREG;
		return new_node(p, REFERENCE, c - '0');
	}
	if (c == ')' && !IS_EXTENDED(p))
		p->error = REG_EPAREN;
	if (!strchr("wWsS", c))
		return new_node(p, CHARACTER, c);
	n = new_node(p, SET, 0);
	if (!n || !(n->set = calloc(1, 32)))
		return NULL;
	for (i = 1; i < 256; i++) {
		int is_in = tolower(c) == 'w' ? isalnum(i) || i == '_' : isspace(i);
		if ((is_in != 0) == (islower(c) != 0))
			n->set[i >> 3] |= (unsigned char)(1 << (i & 7));
	}
	return n;
}

static struct node *parse_atom(struct parser *p, int is_first)
{
	int c = (unsigned char)*p->at++;

	switch (c) {
	case '.':
		return new_node(p, ANY, 0);
	case '[':
		return parse_set(p);
	case '^':
		if (IS_EXTENDED(p) || is_first)
			return new_node(p, LINE_START, 0);
		break;
	case '$':
		if (IS_EXTENDED(p) || !*p->at || strncmp(p->at, "\\)", 2) == 0 || strncmp(p->at, "\\|", 2) == 0)
			return new_node(p, LINE_END, 0);
		break;
	case '(':
		if (IS_EXTENDED(p))
			return parse_group(p);
		break;
	case '*':
	case '+':
	case '?':
		if (IS_EXTENDED(p)) {
			if (c != '*' || !is_first)
				p->error = REG_BADRPT;
		}
		break;
	case '\\':
		if (!IS_EXTENDED(p) && *p->at == '(') {
			p->at++;
			return parse_group(p);
		}
		return parse_escape(p);
	}
	return new_node(p, CHARACTER, c);
}

static int parse_number(struct parser *p)
{
	int n = 0;

	if (!isdigit((unsigned char)*p->at))
		return -1;
	while (isdigit((unsigned char)*p->at) && n <= 32767)
		n = n * 10 + *p->at++ - '0';
	return n;
}

static int parse_interval(struct parser *p, int *low, int *high)
{
	*low = parse_number(p);
	*high = *low;
	if (*p->at == ',') {
		p->at++;
		*high = parse_number(p);
		if (*low < 0)
			*low = 0;
	}
	if (!IS_EXTENDED(p) && *p->at == '\\')
		p->at++;
	if (*p->at++ != '}') {
		p->at--;
		p->error = *p->at ? REG_BADBR : REG_EBRACE;
	} else if (*low < 0 || *low > 32767 || *high > 32767 || (*high >= 0 && *high < *low))
		p->error = REG_BADBR;
	return !p->error;
}

/* Whether a repetition follows, and which. */
static int parse_repetition(struct parser *p, int *low, int *high)
{
	const char *at = p->at;
	int is_escaped = !IS_EXTENDED(p) && at[0] == '\\';

	*low = 0;
	*high = -1;
	if (*at == '*') {
		p->at++;
		return 1;
	}
	if (!IS_EXTENDED(p) && !is_escaped)
		return 0;
	at += is_escaped;
	if (*at != '+' && *at != '?' && *at != '{')
		return 0;
	p->at = at + 1;
	if (*at == '{')
		return parse_interval(p, low, high);
	*low = *at == '+';
	*high = *at == '+' ? -1 : 1;
	return 1;
}

static int ends_branch(struct parser *p)
{
	if (!*p->at)
		return 1;
	if (IS_EXTENDED(p))
		return *p->at == '|' || (*p->at == ')' && p->depth > 0);
	return p->at[0] == '\\' && (p->at[1] == '|' || (p->at[1] == ')' && p->depth > 0));
}

static struct node *parse_branch(struct parser *p)
{
	struct node *first = NULL, **link = &first;
	int low, high;

	while (!p->error && !ends_branch(p)) {
		struct node *atom = parse_atom(p, !first);
		while (atom && !p->error && parse_repetition(p, &low, &high)) {
			struct node *repeat = new_node(p, REPEAT, 0), *last;
			if (!repeat)
				return NULL;
			repeat->low = low;
			repeat->high = high;
			repeat->inner = atom;
			for (last = atom; last->next; last = last->next)
				;
			last->next = repeat;
			/* The inner chain comes back to the node, which is then entered from inside. */
			repeat->other = new_node(p, NOTHING, 0);
			if (!repeat->other)
				return NULL;
			repeat->other->inner = repeat;
			atom = repeat->other;
			/* Outside, NOTHING stands for the repetition and its `next` is what follows it. */
		}
		if (!atom)
			return NULL;
		*link = atom;
		while (*link)
			link = &(*link)->next;
	}
	if (!first)
		first = new_node(p, NOTHING, 0);
	return first;
}

static struct node *parse_alternatives(struct parser *p)
{
	struct node *first = parse_branch(p), *choice, *branch, **link;

	if (p->error || !first || !(IS_EXTENDED(p) ? *p->at == '|' : p->at[0] == '\\' && p->at[1] == '|'))
		return first;
	choice = new_node(p, ALTERNATIVES, 0);
	if (!choice)
		return NULL;
	/* A node of its own for each branch, since branches end at `choice->next`. */
	link = &choice->inner;
	for (branch = first; branch; branch = parse_branch(p)) {
		struct node *holder = new_node(p, NOTHING, 0);
		if (!holder || p->error)
			return NULL;
		holder->inner = NULL;
		holder->next = branch;
		*link = holder;
		link = &holder->other;
		if (!(IS_EXTENDED(p) ? *p->at == '|' : p->at[0] == '\\' && p->at[1] == '|'))
			break;
		p->at += IS_EXTENDED(p) ? 1 : 2;
	}
	return choice;
}

/* ---- Matching ---- */

struct frame {
	const struct node *after; /* What to go on with when a chain ends. */
	const struct frame *outer;
};

struct matcher {
	const char *start, *end;
	int flags, how;
	regmatch_t groups[GROUPS], best[GROUPS];
	const char *longest;
};

static void run(struct matcher *m, const struct node *n, const char *at, const struct frame *frame);

static int same(const struct matcher *m, int a, int b)
{
	return a == b || (m->flags & REG_ICASE && tolower(a) == tolower(b));
}

static void finish(struct matcher *m, const char *at)
{
	if (m->longest && at <= m->longest)
		return;
	m->longest = at;
	memcpy(m->best, m->groups, sizeof m->best);
}

static int at_line_start(const struct matcher *m, const char *at)
{
	if (at == m->start)
		return !(m->how & REG_NOTBOL);
	return m->flags & REG_NEWLINE && at[-1] == '\n';
}

static int at_line_end(const struct matcher *m, const char *at)
{
	if (at == m->end)
		return !(m->how & REG_NOTEOL);
	return m->flags & REG_NEWLINE && *at == '\n';
}

/* One more round of a repetition, or on to what follows: the greedy way first. */
static void run_repeat(struct matcher *m, struct node *repeat, const struct node *after, const char *at, const struct frame *frame)
{
	int count = repeat->count;
	const char *last = repeat->last;
	struct frame round = { after, frame };

	if ((repeat->high < 0 || count < repeat->high) && !(count > repeat->low && at == last)) {
		repeat->count = count + 1;
		repeat->last = at;
		run(m, repeat->inner, at, &round);
		repeat->count = count;
		repeat->last = last;
	}
	if (count >= repeat->low) {
		/* A repetition around this one begins it anew. */
		repeat->count = 0;
		repeat->last = NULL;
		run(m, after, at, frame);
		repeat->count = count;
		repeat->last = last;
	}
}

static void run_group(struct matcher *m, const struct node *n, const char *at, const struct frame *frame)
{
	regmatch_t old;
	regoff_t place = (regoff_t)(at - m->start);

	if (n->value >= GROUPS) {
		run(m, n->next, at, frame);
		return;
	}
	old = m->groups[n->value];
	if (n->kind == OPEN)
		m->groups[n->value].rm_so = place;
	else
		m->groups[n->value].rm_eo = place;
	run(m, n->next, at, frame);
	m->groups[n->value] = old;
}

static void run(struct matcher *m, const struct node *n, const char *at, const struct frame *frame)
{
	const struct node *branch;
	size_t length;

	for (; n; n = n->next) {
		if (m->longest == m->end)
			return;
		switch (n->kind) {
		case CHARACTER:
			if (at == m->end || !same(m, (unsigned char)*at, n->value))
				return;
			at++;
			break;
		case ANY:
			if (at == m->end || (m->flags & REG_NEWLINE && *at == '\n'))
				return;
			at++;
			break;
		case SET:
			if (at == m->end || !(n->set[(unsigned char)*at >> 3] >> ((unsigned char)*at & 7) & 1))
				return;
			at++;
			break;
		case LINE_START:
			if (!at_line_start(m, at))
				return;
			break;
		case LINE_END:
			if (!at_line_end(m, at))
				return;
			break;
		case OPEN:
		case CLOSE:
			run_group(m, n, at, frame);
			return;
		case REFERENCE:
			if (m->groups[n->value].rm_eo < 0)
				return;
			length = (size_t)(m->groups[n->value].rm_eo - m->groups[n->value].rm_so);
			if ((size_t)(m->end - at) < length || memcmp(at, m->start + m->groups[n->value].rm_so, length) != 0)
				return;
			at += length;
			break;
		case ALTERNATIVES: {
			struct frame rest = { n->next, frame };
			for (branch = n->inner; branch; branch = branch->other)
				run(m, branch->next, at, &rest);
			return;
		}
		case REPEAT: /* The end of a round; one that has matched nothing is of no use. */
			if (at == n->last && n->count > 1 && n->count > n->low)
				return;
			run_repeat(m, (struct node *)n, frame->after, at, frame->outer);
			return;
		case NOTHING:
			if (n->inner) {
				run_repeat(m, n->inner, n->next, at, frame);
				return;
			}
			break;
		case MATCHED:
			finish(m, at);
			return;
		}
	}
	if (frame)
		run(m, frame->after, at, frame->outer);
	else
		finish(m, at);
}

int regexec(const regex_t *restrict regex, const char *restrict text, size_t count, regmatch_t matches[restrict], int flags)
{
	struct matcher m;
	struct node *n;
	const char *at;
	size_t i;

	memset(&m, 0, sizeof m);
	m.start = text;
	m.end = text + strlen(text);
	m.flags = regex->__flags;
	m.how = flags;
	for (at = text;; at++) {
		for (i = 0; i < GROUPS; i++)
			m.groups[i].rm_so = m.groups[i].rm_eo = -1;
		for (n = regex->__program->all; n; n = n->all) {
			n->count = 0;
			n->last = NULL;
		}
		m.longest = NULL;
		run(&m, regex->__program->start, at, NULL);
		if (m.longest)
			break;
		if (at == m.end)
			return REG_NOMATCH;
	}
	if (m.flags & REG_NOSUB)
		return 0;
	for (i = 0; i < count; i++) {
		matches[i].rm_so = i <= regex->re_nsub && i < GROUPS ? m.best[i].rm_so : -1;
		matches[i].rm_eo = i <= regex->re_nsub && i < GROUPS ? m.best[i].rm_eo : -1;
	}
	if (count > 0) {
		matches[0].rm_so = (regoff_t)(at - text);
		matches[0].rm_eo = (regoff_t)(m.longest - text);
	}
	return 0;
}

static void free_nodes(struct node *n)
{
	while (n) {
		struct node *next = n->all;
		free(n->set);
		free(n);
		n = next;
	}
}

int regcomp(regex_t *restrict regex, const char *restrict pattern, int flags)
{
	struct parser p = { pattern, flags, 0, 0, 0, NULL };
	struct node *start = parse_alternatives(&p);

	if (!p.error && *p.at)
		p.error = REG_EPAREN;
	regex->__program = p.error ? NULL : malloc(sizeof *regex->__program);
	if (!regex->__program) {
		free_nodes(p.all);
		return p.error ? p.error : REG_ESPACE;
	}
	regex->__program->start = start;
	regex->__program->all = p.all;
	regex->__flags = flags;
	regex->re_nsub = (size_t)p.groups;
	return 0;
}

void regfree(regex_t *regex)
{
	if (regex->__program)
		free_nodes(regex->__program->all);
	free(regex->__program);
	regex->__program = NULL;
}

size_t regerror(int error, const regex_t *restrict regex, char *restrict buffer, size_t size)
{
	static const char *const texts[] = {
		"Success", "No match", "Invalid regular expression", "Invalid collation character", "Invalid character class name",
		"Trailing backslash", "Invalid back reference", "Unmatched [, [^, [:, [., or [=", "Unmatched ( or \\(",
		"Unmatched \\{", "Invalid content of \\{\\}", "Invalid range end", "Memory exhausted",
		"Invalid preceding regular expression"
	};
	const char *text = error >= 0 && error < (int)(sizeof texts / sizeof *texts) ? texts[error] : "Unknown error";

	(void)regex;
	if (size > 0)
		snprintf(buffer, size, "%s", text);
	return strlen(text) + 1;
}
