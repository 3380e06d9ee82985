/* The shell: POSIX sh as far as dash(1) has it and pipelines, redirections, scripts and a prompt need it. Text comes in
   through input.c, becomes tokens in lexer.c and a tree in parser.c; execute.c walks the tree, expand.c turns words into
   arguments. Words keep their quotes until they are expanded. */
#ifndef SH_H
#define SH_H

#include <setjmp.h>
#include <stddef.h>
#include <sys/types.h>

/* Memory of trees and expansions (arena.c): freed as a whole, back to a mark. */
struct arena_mark {
	struct arena_block *block;
	size_t used;
	int functions;
};
void *arena_allocate(size_t size);
char *arena_copy(const char *text, size_t length);
struct arena_mark arena_mark(void);
/* Does nothing if a function has been defined since the mark: its tree stays. */
void arena_release(struct arena_mark mark);
void arena_keep(void);

/* Text to be read (input.c). */
struct input {
	char *text;
	size_t length, at;
	int fd; /* -1: nothing comes after `text`. */
	int is_end;
	int line;
	struct input *outer;
};
extern struct input *input;
extern int is_interactive, wants_more; /* The second: in the middle of a command, for the prompt. */
void push_text(struct input *new_input, const char *text, size_t length, int line);
void push_descriptor(struct input *new_input, int fd);
void pop_input(void);
/* The character at `at` + offset, or -1 at the end. */
int peek(size_t offset);
void advance(size_t count);
void forget_read_text(void);

/* Trees (parser.c). */
struct word {
	char *text;
	struct word *next;
};
enum redirection_kind { TO_FILE, APPEND, FROM_FILE, READ_WRITE, DUPLICATE, HERE_DOCUMENT };
struct redirection {
	enum redirection_kind kind;
	int fd;
	char *word; /* A here-document: its text. */
	int is_literal; /* A here-document whose mark was quoted. */
	int strips_tabs;
	struct redirection *next;
};
enum node_kind {
	SIMPLE, PIPELINE, AND, OR, SEQUENCE, BACKGROUND, NOT, SUBSHELL, GROUP, IF, WHILE, UNTIL, FOR, CASE, FUNCTION
};
struct case_item {
	struct word *patterns;
	struct node *body;
	struct case_item *next;
};
struct node {
	enum node_kind kind;
	int line;
	struct node *first, *second, *third; /* IF: condition, then, else; PIPELINE: its elements by `next`. */
	struct node *next;
	struct word *assignments, *words;
	struct redirection *redirections;
	char *name; /* FOR, FUNCTION; CASE: the subject. BACKGROUND, PIPELINE, SIMPLE: the text, for jobs. */
	struct case_item *items;
	int has_words; /* FOR with `in`. */
};
/* The next complete command; NULL for an empty line. `*is_end`: there is no more. */
struct node *parse_command_line(int *is_end);
/* Reads the list of $(…) up to its parenthesis, which is read too. */
struct node *parse_substitution(void);

/* Tokens (lexer.c). */
enum token {
	END, NEWLINE, WORD, IO_NUMBER, SEMICOLON, DOUBLE_SEMICOLON, AND_IF, OR_IF, AMPERSAND, PIPE, LEFT, RIGHT,
	LESS, GREATER, DOUBLE_GREATER, DOUBLE_LESS, DOUBLE_LESS_DASH, LESS_AND, GREATER_AND, LESS_GREATER, CLOBBER
};
extern enum token token;
extern char *token_text; /* Of a word: as written. */
extern size_t token_start; /* In the input's text. */
struct lexer_state {
	enum token token;
	char *text;
	int is_ahead;
	struct here_document *pending;
};
enum token peek_token(void);
enum token next_token(void);
void expect_here_document(struct redirection *redirection);
struct lexer_state save_lexer(void);
void restore_lexer(struct lexer_state state);
const char *token_name(enum token kind);
/* Reads on to the brace that closes ${…}, and the brace. */
void skip_to_brace(int in_quotes);

/* Words to arguments (expand.c, fields.c, match.c, arithmetic.c). */
enum mark { LITERAL, QUOTED, EXPANDED, BREAK, EMPTY };
struct expansion {
	char *text, *marks;
	size_t length, capacity;
};
void put(struct expansion *out, int c, enum mark mark);
void expand_word(struct expansion *out, const char *text);
void expand_here_document(struct expansion *out, const char *text);
/* All of a word as one string; `as_pattern`: quoted characters come with a backslash. */
char *expand_to_string(const char *text);
char *expand_to_pattern(const char *text);
struct word *expand_to_fields(struct word *words);
struct word **add_fields(struct expansion *expansion, struct word **tail);
char *string_of(const struct expansion *expansion, int as_pattern);
/* Whether a pattern with backslashes matches all of the text. */
int matches_pattern(const char *pattern, const char *text, size_t length);
struct word **add_paths(const char *pattern, struct word **tail);
int has_wildcards(const char *pattern);
long evaluate_arithmetic(const char *text);

/* Variables and positional parameters (variables.c). */
extern char **parameters; /* $1 …, NULL-terminated. */
extern int parameter_count;
extern char *shell_name; /* $0 */
const char *get_variable(const char *name);
void set_variable(const char *name, const char *value);
void assign(const char *name_and_value);
int unset_variable(const char *name);
void export_variable(const char *name);
void protect_variable(const char *name);
void list_variables(const char *prefix, int only_exported, int only_protected);
void import_environment(char **environment);
char **make_environment(void);
size_t name_length(const char *text);
/* Variables that are put back: those of `local`, and of assignments before a command. */
struct saved_variable *begin_locals(void);
void save_variable(const char *name);
void end_locals(struct saved_variable *before);
void set_parameters(char **list, int count);

/* Running (execute.c, redirect.c, jobs.c, builtins.c, trap.c). */
#define EXIT_AFTER 1 /* The shell ends with this command: it may be replaced by it. */
#define IS_TESTED 2 /* The status is looked at: no `set -e`. */
extern int shell_pid; /* $$ */
extern int last_status, current_line, in_subshell, loop_depth, function_depth;
extern int exits_on_error, traces, no_globbing, complains_of_unset;
enum skip { NO_SKIP, SKIP_BREAK, SKIP_CONTINUE, SKIP_RETURN };
extern enum skip skip;
extern int skip_count;
int execute(struct node *node, int flags);
int run_text(const char *text, size_t length, int line);
int run_input(int may_exit);
struct function *find_function(const char *name);
void unset_function(const char *name);
void exit_shell(int status) __attribute__((noreturn));
/* Ends with 126 or 127 if it can't; `place` stands before the name in the message. */
void execute_program(char **argv, const char *place) __attribute__((noreturn));
/* The file that a command's name means, in a buffer of PATH_MAX bytes; 0 if there is none. */
int find_program(const char *name, char *path);
char *capture_output(struct node *node);

struct saved_descriptor {
	int fd, copy; /* -1: it was closed. */
	struct saved_descriptor *next;
};
/* Applies them in order; -1 after a complaint. With `saved`, what they replace is kept. */
int redirect(struct redirection *redirections, struct saved_descriptor **saved);
void undo_redirections(struct saved_descriptor *saved);

struct job {
	int number;
	pid_t *pids;
	int *statuses; /* As wait(2) gives them; -1 while it runs. */
	int count;
	char *text;
	int is_background, is_stopped;
	struct job *next;
};
extern pid_t last_background;
struct job *create_job(int count, const char *text, int is_background);
/* Forks; in the child the shell becomes a subshell. */
pid_t fork_for(struct job *job);
/* The exit status. */
int wait_for_job(struct job *job);
int wait_command(int argc, char **argv);
int jobs_command(int argc, char **argv);
int resume_command(int argc, char **argv);
pid_t job_pid(const char *name);
void report_finished_jobs(void);
void forget_jobs(void);

typedef int builtin(int argc, char **argv);
builtin *find_builtin(const char *name, int *is_special);

void init_signals(void);
int trap_command(int argc, char **argv);
void run_traps(void);
void run_exit_trap(void);
void reset_traps(void);
int has_traps(void);
int has_pending_trap(void); /* The signal's number, or 0. */
extern volatile int was_interrupted;

/* Errors (main.c). "sh: 3: " and the message. */
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Also ends the shell, or goes back to the prompt. */
void fail(int status, const char *format, ...) __attribute__((noreturn, format(printf, 2, 3)));
void syntax_error(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

#endif
