/* The shell's grammar, POSIX 2.10, by recursive descent. */
#include "sh.h"
#include <ctype.h>
#include <string.h>

static struct node *parse_list(int takes_newlines);
static struct node *parse_command(void);

static struct node *new_node(enum node_kind kind, struct node *first, struct node *second)
{
	struct node *node = arena_allocate(sizeof *node);

	node->kind = kind;
	node->line = input->line;
	node->first = first;
	node->second = second;
	return node;
}

static int at_word(const char *text)
{
	return peek_token() == WORD && strcmp(token_text, text) == 0;
}

/* Whether the token ahead is a word of the grammar. */
static int is_reserved(void)
{
	static const char *const words[] = {
		"!", "{", "}", "if", "then", "else", "elif", "fi", "do", "done", "while", "until", "for", "case", "esac", "in",
	};
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(token_text, words[i]) == 0)
			return 1;
	}
	return 0;
}

static void unexpected(const char *expected)
{
	enum token kind = peek_token();
	char quoted[80] = "";

	if (kind == IO_NUMBER || (kind == WORD && !is_reserved())) {
		strcpy(quoted, "word");
	} else if (kind == WORD) {
		size_t n = strlen(token_text) < 70 ? strlen(token_text) : 70;
		quoted[0] = '"';
		memcpy(quoted + 1, token_text, n);
		strcpy(quoted + 1 + n, "\"");
	} else if (kind == END || kind == NEWLINE) {
		strcpy(quoted, token_name(kind));
	} else {
		quoted[0] = '"';
		strcpy(quoted + 1, token_name(kind));
		strcat(quoted, "\"");
	}
	if (expected)
		syntax_error("%s unexpected (expecting \"%s\")", quoted, expected);
	syntax_error("%s unexpected", quoted);
}

static void expect_word(const char *text)
{
	if (!at_word(text))
		unexpected(text);
	next_token();
}

static void skip_newlines(void)
{
	while (peek_token() == NEWLINE)
		next_token();
}

/* Words that end a list: they can't begin a command. */
static int at_closing_word(void)
{
	static const char *const words[] = {"then", "else", "elif", "fi", "do", "done", "esac", "}"};
	size_t i;

	if (peek_token() != WORD)
		return 0;
	for (i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(token_text, words[i]) == 0)
			return 1;
	}
	return 0;
}

static int at_redirection(void)
{
	enum token kind = peek_token();

	return kind == IO_NUMBER || kind >= LESS;
}

/* redirection = [number] ("<" | ">" | ">>" | "<>" | ">|" | "<&" | ">&" | "<<" | "<<-") word */
static struct redirection *parse_redirection(void)
{
	struct redirection *redirection = arena_allocate(sizeof *redirection);
	int fd = -1;
	const char *digit;
	enum token kind;

	if (peek_token() == IO_NUMBER) {
		for (fd = 0, digit = token_text; *digit; digit++)
			fd = fd * 10 + *digit - '0';
		next_token();
	}
	kind = next_token();
	if (peek_token() != WORD && peek_token() != IO_NUMBER)
		unexpected(NULL);
	redirection->word = token_text;
	redirection->fd = fd >= 0 ? fd : kind == GREATER || kind == DOUBLE_GREATER || kind == GREATER_AND || kind == CLOBBER;
	switch (kind) {
	case LESS: redirection->kind = FROM_FILE; break;
	case DOUBLE_GREATER: redirection->kind = APPEND; break;
	case LESS_GREATER: redirection->kind = READ_WRITE; break;
	case LESS_AND:
	case GREATER_AND: redirection->kind = DUPLICATE; break;
	case DOUBLE_LESS:
	case DOUBLE_LESS_DASH:
		redirection->kind = HERE_DOCUMENT;
		redirection->strips_tabs = kind == DOUBLE_LESS_DASH;
		expect_here_document(redirection);
		break;
	default: redirection->kind = TO_FILE;
	}
	next_token();
	return redirection;
}

static void parse_redirections(struct node *node)
{
	struct redirection **tail = &node->redirections;

	while (*tail)
		tail = &(*tail)->next;
	while (at_redirection()) {
		*tail = parse_redirection();
		tail = &(*tail)->next;
	}
}

static struct word **append_word(struct word **tail, char *text)
{
	*tail = arena_allocate(sizeof **tail);
	(*tail)->text = text;
	return &(*tail)->next;
}

static int is_assignment(const char *text)
{
	size_t length = name_length(text);

	return length > 0 && text[length] == '=';
}

/* function = name "(" ")" newlines command */
static struct node *parse_function(char *name)
{
	struct node *node = new_node(FUNCTION, NULL, NULL);

	next_token();
	if (next_token() != RIGHT)
		syntax_error("\"%s\" unexpected (expecting \")\")", token_name(token));
	skip_newlines();
	node->name = name;
	node->first = parse_command();
	return node;
}

/* simple = (assignment | redirection)* [word (word | redirection)*] */
static struct node *parse_simple(void)
{
	struct node *node = new_node(SIMPLE, NULL, NULL);
	struct word **words = &node->words, **assignments = &node->assignments;

	for (;;) {
		if (at_redirection()) {
			parse_redirections(node);
		} else if (peek_token() == WORD) {
			if (!node->words && is_assignment(token_text))
				assignments = append_word(assignments, token_text);
			else
				words = append_word(words, token_text);
			next_token();
			if (node->words && !node->words->next && !node->assignments && !node->redirections && peek_token() == LEFT) {
				size_t length = strlen(node->words->text);
				if (name_length(node->words->text) != length)
					syntax_error("Bad function name");
				return parse_function(node->words->text);
			}
		} else {
			break;
		}
	}
	if (!node->words && !node->assignments && !node->redirections)
		unexpected(NULL);
	return node;
}

/* A list that must not be empty. */
static struct node *parse_commands(void)
{
	struct node *list = parse_list(1);

	if (!list)
		unexpected(NULL);
	return list;
}

static struct node *parse_if(void)
{
	struct node *node = new_node(IF, NULL, NULL);

	next_token();
	node->first = parse_commands();
	expect_word("then");
	node->second = parse_commands();
	if (at_word("elif")) {
		node->third = parse_if();
		return node; /* The inner one has read the `fi`. */
	}
	if (at_word("else")) {
		next_token();
		node->third = parse_commands();
	}
	expect_word("fi");
	return node;
}

static struct node *parse_body(void)
{
	struct node *body;

	expect_word("do");
	body = parse_commands();
	expect_word("done");
	return body;
}

static struct node *parse_while(enum node_kind kind)
{
	struct node *node = new_node(kind, NULL, NULL);

	next_token();
	node->first = parse_commands();
	node->second = parse_body();
	return node;
}

/* for = "for" name [newlines "in" word* (";" | newline)] newlines "do" list "done" */
static struct node *parse_for(void)
{
	struct node *node = new_node(FOR, NULL, NULL);
	struct word **tail = &node->words;

	next_token();
	if (peek_token() != WORD || name_length(token_text) != strlen(token_text))
		syntax_error("Bad for loop variable");
	node->name = token_text;
	next_token();
	skip_newlines();
	if (at_word("in")) {
		node->has_words = 1;
		for (next_token(); peek_token() == WORD; next_token())
			tail = append_word(tail, token_text);
		if (peek_token() != SEMICOLON && peek_token() != NEWLINE)
			unexpected(NULL);
		next_token();
	} else if (peek_token() == SEMICOLON) {
		next_token();
	}
	skip_newlines();
	node->second = parse_body();
	return node;
}

/* case = "case" word newlines "in" newlines (["("] word ("|" word)* ")" list ";;")* "esac" */
static struct node *parse_case(void)
{
	struct node *node = new_node(CASE, NULL, NULL);
	struct case_item **tail = &node->items;

	next_token();
	if (peek_token() != WORD)
		unexpected(NULL);
	node->name = token_text;
	next_token();
	skip_newlines();
	expect_word("in");
	skip_newlines();
	while (!at_word("esac")) {
		struct case_item *item = arena_allocate(sizeof *item);
		struct word **patterns = &item->patterns;
		if (peek_token() == LEFT)
			next_token();
		for (;;) {
			if (peek_token() != WORD)
				unexpected("esac");
			patterns = append_word(patterns, token_text);
			next_token();
			if (peek_token() != PIPE)
				break;
			next_token();
		}
		if (peek_token() != RIGHT)
			unexpected(")");
		next_token();
		item->body = parse_list(1);
		*tail = item;
		tail = &item->next;
		if (peek_token() == DOUBLE_SEMICOLON)
			next_token();
		else if (!at_word("esac"))
			unexpected(";;");
		skip_newlines();
	}
	next_token();
	return node;
}

static struct node *parse_subshell(void)
{
	struct node *node = new_node(SUBSHELL, NULL, NULL);

	next_token();
	node->first = parse_commands();
	if (peek_token() != RIGHT)
		unexpected(")");
	next_token();
	return node;
}

static struct node *parse_group(void)
{
	struct node *node = new_node(GROUP, NULL, NULL);

	next_token();
	node->first = parse_commands();
	expect_word("}");
	return node;
}

static struct node *parse_command(void)
{
	struct node *node;

	if (peek_token() == LEFT)
		node = parse_subshell();
	else if (at_word("{"))
		node = parse_group();
	else if (at_word("if"))
		node = parse_if();
	else if (at_word("while"))
		node = parse_while(WHILE);
	else if (at_word("until"))
		node = parse_while(UNTIL);
	else if (at_word("for"))
		node = parse_for();
	else if (at_word("case"))
		node = parse_case();
	else if (at_closing_word())
		unexpected(NULL);
	else
		return parse_simple();
	parse_redirections(node);
	return node;
}

/* The text that was read since `start`, without the blanks behind it and the token ahead. */
static char *text_since(size_t start)
{
	size_t end = token_start < input->length ? token_start : input->length;

	while (end > start && isspace((unsigned char)input->text[end - 1]))
		end--;
	return arena_copy(input->text + start, end > start ? end - start : 0);
}

/* pipeline = ["!"] command ("|" newlines command)* */
static struct node *parse_pipeline(void)
{
	int is_negated = 0;
	size_t start;
	struct node *first, *node, **tail;

	while (at_word("!")) {
		is_negated = !is_negated;
		next_token();
	}
	peek_token();
	start = token_start;
	first = parse_command();
	peek_token();
	if (token == PIPE) {
		node = new_node(PIPELINE, first, NULL);
		tail = &first->next;
		while (peek_token() == PIPE) {
			next_token();
			wants_more = 1;
			skip_newlines();
			*tail = parse_command();
			tail = &(*tail)->next;
		}
		peek_token();
		first = node;
	}
	if (first->kind != FUNCTION && first->kind != FOR && first->kind != CASE)
		first->name = text_since(start);
	return is_negated ? new_node(NOT, first, NULL) : first;
}

/* and-or = pipeline (("&&" | "||") newlines pipeline)* */
static struct node *parse_and_or(void)
{
	struct node *node = parse_pipeline();

	while (peek_token() == AND_IF || peek_token() == OR_IF) {
		enum node_kind kind = next_token() == AND_IF ? AND : OR;
		skip_newlines();
		node = new_node(kind, node, NULL);
		node->second = parse_pipeline();
	}
	return node;
}

/* list = and-or ((";" | "&" | newlines) and-or)* [";" | "&"]; without `takes_newlines` it ends with the line. */
static struct node *parse_list(int takes_newlines)
{
	struct node *list = NULL;

	for (;;) {
		struct node *node;
		size_t start;
		if (takes_newlines)
			skip_newlines();
		if (peek_token() == END || token == NEWLINE || token == RIGHT || token == DOUBLE_SEMICOLON || at_closing_word())
			return list;
		start = token_start;
		node = parse_and_or();
		if (peek_token() == AMPERSAND) {
			node = new_node(BACKGROUND, node, NULL);
			node->name = text_since(start);
		}
		list = list ? new_node(SEQUENCE, list, node) : node;
		if (peek_token() == SEMICOLON || token == AMPERSAND)
			next_token();
		else if (!takes_newlines || token != NEWLINE)
			return list;
	}
}

struct node *parse_command_line(int *is_end)
{
	struct node *list;

	*is_end = 0;
	wants_more = 0;
	forget_read_text();
	peek_token();
	wants_more = 1;
	list = parse_list(0);
	if (peek_token() == END)
		*is_end = 1;
	else if (token != NEWLINE)
		unexpected(NULL);
	next_token();
	return list;
}

struct node *parse_substitution(void)
{
	struct lexer_state state = save_lexer();
	struct node *list = parse_list(1);

	if (peek_token() != RIGHT)
		unexpected(")");
	next_token();
	restore_lexer(state);
	return list;
}
