// expect:
// 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1

// The memory of variable length arrays is given back however control leaves their scope: the stack stays as deep as it was.

void report(long value);

static long lowest, highest;
static int n = 100, sum;

__attribute__((noinline)) static void look(void) {
	char here;
	long address = (long)&here;
	if (!lowest || address < lowest) lowest = address;
	if (address > highest) highest = address;
}

static void reportDepth(void) {
	report(highest - lowest < 4096);
	lowest = highest = 0;
}

static void byGoto(void) {
	int i = 0;
again:;
	int a[n];
	a[0] = i;
	look();
	if (++i < 1000) goto again;
}

static void byGotoBetweenArrays(void) {
	int i = 0;
	int kept[n];
	kept[0] = 1;
again:;
	int a[n];
	a[0] = i;
	look();
	if (++i < 1000) goto again;
	sum += kept[0];
}

static void byGotoFromNested(void) {
	for (int i = 0; i < 1000;) {
		if (i & 1) {
			char b[n];
			b[0] = 1;
			look();
			i++;
			goto next;
		}
		i++;
	next:;
	}
}

static void byContinue(void) {
	for (int i = 0; i < 1000; i++) {
		int a[n];
		a[0] = i;
		look();
		if (i & 1) continue;
		sum += a[0];
	}
}

static void byBreak(void) {
	for (int i = 0; i < 1000; i++)
		for (;;) {
			int a[n];
			a[0] = i;
			look();
			break;
		}
}

static void inSwitch(void) {
	for (int i = 0; i < 1000; i++)
		switch (i & 3) {
			case 0: {
				int a[n];
				a[0] = 1;
				look();
				break;
			}
			case 1: {
				int b[n];
				b[0] = 1;
				look();
			}
			default:
				look();
		}
}

/* Behind the label nothing but the array's declaration says where the stack was. */
static void inLastCase(void) {
	for (int i = 0; i < 1000; i++)
		switch (i & 1) {
			case 0:
				look();
				break;
			case 1:;
				int a[n];
				a[0] = 1;
				look();
		}
}

static void inForClause(void) {
	for (int i = 0; i < 1000; i++)
		for (int j = 0, a[n]; j < 2; j++) {
			a[j] = 1;
			look();
		}
}

static void inDo(void) {
	int i = 0;
	do {
		int a[n];
		a[0] = 1;
		look();
		if (i % 3 == 0) continue;
	} while (++i < 1000);
}

static void inStatementExpression(void) {
	for (int i = 0; i < 1000; i++) {
		int x = ({ int a[n]; a[0] = 3; look(); a[0]; });
		sum += x;
	}
}

static void outOfStatementExpression(void) {
	for (int i = 0; i < 1000; i++) {
		int x = ({ int a[n]; a[0] = 3; look(); if (i & 1) continue; a[0]; });
		sum += x;
	}
}

static void byComputedGoto(void) {
	int i = 0;
	void *targets[] = {&&again, &&done};
again: {
	int a[n];
	a[0] = i;
	look();
	i++;
	goto *targets[i >= 1000];
}
done:;
}

static void byComputedGotoInScope(void) {
	int i = 0;
	void *targets[] = {&&again, &&done};
again:;
	int a[n];
	a[0] = i;
	look();
	i++;
	goto *targets[i >= 1000];
done:;
}

static void inCallee(int depth) {
	char *block = __builtin_alloca(n + depth);
	block[0] = 1;
	look();
}

static void byReturn(void) {
	for (int i = 0; i < 1000; i++) inCallee(i & 7);
}

static void outOfTwo(void) {
	int i = 0;
	for (;;) {
		int a[n];
		{
			int b[n];
			b[0] = a[0] = 1;
			look();
			if (++i < 1000) continue;
			goto out;
		}
	}
out:;
}

int main(void) {
	void (*const ways[])(void) = {
		byGoto,      byGotoBetweenArrays, byGotoFromNested,      byContinue,
		byBreak,     inSwitch,            inLastCase,            inForClause,
		inDo,        inStatementExpression, outOfStatementExpression, byComputedGoto,
		byComputedGotoInScope, byReturn,  outOfTwo,
	};
	for (unsigned i = 0; i < sizeof ways / sizeof *ways; i++) {
		ways[i]();
		reportDepth();
	}
	return 0;
}
