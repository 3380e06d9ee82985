/* Computes while the other process waits for the disk. */
int main(void)
{
	unsigned sum = 0;

	for (unsigned i = 1; i <= 12000; i++)
		sum += i * i;
	return sum == 0;
}
