/* Tokens of the shell's grammar. A word is found but not looked into: its quotes and dollars stay in its text. */
#include "sh.h"
#include <ctype.h>
#include <string.h>

enum token token;
char *token_text;
size_t token_start;
static int is_ahead;
struct here_document {
	struct redirection *redirection;
	struct here_document *next;
};
static struct here_document *pending; /* Here-documents whose text begins after the next newline. */

static void skip_dollar(int in_quotes);

const char *token_name(enum token kind)
{
	static const char *const names[] = {
		"end of file", "newline", "word", "word", ";", ";;", "&&", "||", "&", "|", "(", ")",
		"<", ">", ">>", "<<", "<<-", "<&", ">&", "<>", ">|",
	};
	return names[kind];
}

struct lexer_state save_lexer(void)
{
	struct lexer_state state = {token, token_text, is_ahead, pending};

	is_ahead = 0;
	pending = NULL;
	return state;
}

void restore_lexer(struct lexer_state state)
{
	token = state.token;
	token_text = state.text;
	is_ahead = state.is_ahead;
	pending = state.pending;
}

static void skip_until(int end)
{
	for (; peek(0) != end; advance(1)) {
		if (peek(0) < 0)
			syntax_error(end == '`' ? "EOF in backquote substitution" : "Unterminated quoted string");
		if (end == '`' && peek(0) == '\\' && peek(1) >= 0)
			advance(1);
	}
	advance(1);
}

static void skip_double_quotes(void)
{
	for (;;) {
		int c = peek(0);
		if (c < 0)
			syntax_error("Unterminated quoted string");
		if (c == '$') {
			skip_dollar(1);
			continue;
		}
		advance(c == '\\' && peek(1) >= 0 ? 2 : 1);
		if (c == '"')
			return;
		if (c == '`')
			skip_until('`');
	}
}

void skip_to_brace(int in_quotes)
{
	for (;;) {
		int c = peek(0);
		if (c < 0)
			syntax_error("Missing '}'");
		if (c == '$') {
			skip_dollar(in_quotes);
			continue;
		}
		advance(c == '\\' && peek(1) >= 0 ? 2 : 1);
		if (c == '}')
			return;
		if (c == '`' || (c == '\'' && !in_quotes))
			skip_until(c);
		else if (c == '"')
			skip_double_quotes();
	}
}

static void skip_arithmetic(void)
{
	int depth = 0;

	for (;; advance(1)) {
		int c = peek(0);
		if (c < 0)
			syntax_error("Missing '))'");
		if (c == '(')
			depth++;
		if (c == ')' && depth-- == 0) {
			if (peek(1) != ')')
				syntax_error("Missing '))'");
			advance(2);
			return;
		}
	}
}

static void skip_dollar(int in_quotes)
{
	advance(1);
	if (peek(0) == '{') {
		advance(1);
		skip_to_brace(in_quotes);
	} else if (peek(0) == '(' && peek(1) == '(') {
		advance(2);
		skip_arithmetic();
	} else if (peek(0) == '(') {
		size_t start = token_start;
		advance(1);
		parse_substitution();
		token_start = start;
	}
}

static void skip_word(void)
{
	for (;;) {
		int c = peek(0);
		if (c < 0 || isspace(c) || strchr(";&|()<>", c))
			return;
		if (c == '$') {
			skip_dollar(0);
			continue;
		}
		advance(c == '\\' && peek(1) >= 0 ? 2 : 1);
		if (c == '\'' || c == '`')
			skip_until(c);
		else if (c == '"')
			skip_double_quotes();
	}
}

void expect_here_document(struct redirection *redirection)
{
	struct here_document **tail = &pending;

	while (*tail)
		tail = &(*tail)->next;
	*tail = arena_allocate(sizeof **tail);
	(*tail)->redirection = redirection;
}

static char *without_quotes(const char *text)
{
	char *result = arena_copy(text, strlen(text)), *out = result;

	for (; *text; text++) {
		if (*text == '\\' && text[1])
			*out++ = *++text;
		else if (*text != '\'' && *text != '"')
			*out++ = *text;
	}
	*out = 0;
	return result;
}

/* Reads the text of a here-document; its mark stands in `word` so far. */
static void read_here_document(struct redirection *document)
{
	char *mark = without_quotes(document->word), *text = NULL;
	size_t mark_length = strlen(mark), length = 0, capacity = 0;

	document->is_literal = strpbrk(document->word, "\\'\"") != NULL;
	while (peek(0) >= 0) {
		size_t n = 0;
		while (document->strips_tabs && peek(0) == '\t')
			advance(1);
		while (peek(n) >= 0 && peek(n) != '\n')
			n++;
		if (n == mark_length && strncmp(input->text + input->at, mark, n) == 0) {
			advance(n);
			if (peek(0) >= 0)
				advance(1);
			break;
		}
		n += peek(n) == '\n';
		if (length + n + 1 > capacity) {
			char *bigger = arena_allocate(capacity = (length + n + 1) * 2);
			memcpy(bigger, text ? text : "", length);
			text = bigger;
		}
		memcpy(text + length, input->text + input->at, n);
		length += n;
		advance(n);
	}
	document->word = arena_copy(text ? text : "", length);
}

static void read_here_documents(void)
{
	while (pending) {
		struct redirection *document = pending->redirection;
		pending = pending->next;
		read_here_document(document);
	}
}

static void skip_blanks(void)
{
	for (;;) {
		if (peek(0) == ' ' || peek(0) == '\t')
			advance(1);
		else if (peek(0) == '\\' && peek(1) == '\n')
			advance(2);
		else if (peek(0) == '#')
			while (peek(0) >= 0 && peek(0) != '\n')
				advance(1);
		else
			return;
	}
}

static enum token read_operator(void)
{
	static const struct {
		const char *text;
		enum token token;
	} operators[] = {
		{"<<-", DOUBLE_LESS_DASH}, {";;", DOUBLE_SEMICOLON}, {"&&", AND_IF}, {"||", OR_IF}, {">>", DOUBLE_GREATER},
		{"<<", DOUBLE_LESS}, {"<&", LESS_AND}, {">&", GREATER_AND}, {"<>", LESS_GREATER}, {">|", CLOBBER},
		{";", SEMICOLON}, {"&", AMPERSAND}, {"|", PIPE}, {"(", LEFT}, {")", RIGHT}, {"<", LESS}, {">", GREATER},
	};
	size_t i, n;

	for (i = 0; i < sizeof operators / sizeof *operators; i++) {
		for (n = 0; operators[i].text[n] && peek(n) == operators[i].text[n]; n++)
			;
		if (!operators[i].text[n]) {
			advance(n);
			return operators[i].token;
		}
	}
	return WORD;
}

static enum token read_token(void)
{
	enum token kind;
	size_t i;

	skip_blanks();
	token_start = input->at;
	token_text = NULL;
	if (peek(0) < 0)
		return END;
	if (peek(0) == '\n') {
		advance(1);
		read_here_documents();
		return NEWLINE;
	}
	kind = read_operator();
	if (kind != WORD)
		return kind;
	skip_word();
	token_text = arena_copy(input->text + token_start, input->at - token_start);
	if (peek(0) != '<' && peek(0) != '>')
		return WORD;
	for (i = 0; token_text[i]; i++) {
		if (!isdigit((unsigned char)token_text[i]))
			return WORD;
	}
	return IO_NUMBER;
}

enum token peek_token(void)
{
	if (!is_ahead)
		token = read_token();
	is_ahead = 1;
	return token;
}

enum token next_token(void)
{
	enum token kind = peek_token();

	is_ahead = 0;
	return kind;
}
