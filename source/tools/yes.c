/* yes(1): prints a line until nobody reads any more. */
#include "shared/tool.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	static char buffer[4096];
	size_t length = 0, filled;
	int i;

	tool_name = "yes";
	for (i = 1; i < argc && length + strlen(argv[i]) + 2 < sizeof buffer / 2; i++)
		length += (size_t)sprintf(buffer + length, "%s%s", i > 1 ? " " : "", argv[i]);
	if (length == 0)
		buffer[length++] = 'y';
	buffer[length++] = '\n';
	for (filled = length; filled + length <= sizeof buffer; filled += length)
		memcpy(buffer + filled, buffer, length);
	while (write(1, buffer, filled) >= 0)
		;
	complain(errno, "standard output");
	return 1;
}
