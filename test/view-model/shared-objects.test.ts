import assert from 'node:assert/strict';
import {test} from 'vitest';
import {runUntil} from '../../source/machine/session.js';
import {observe} from '../../source/view-model/observed.js';
import {groupText, type ObjectView, objectViews} from '../../source/view-model/shared-objects.js';
import {sharedViews} from '../../source/view-model/shared.js';
import {sessionOf} from '../support/machine-setup.js';

const program = `
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <unistd.h>
int main(void) {
	int set = semget(IPC_PRIVATE, 2, 0600 | IPC_CREAT);
	struct sembuf down = {1, -1, 0};
	sem_t *full = sem_open("/full", O_CREAT, 0600, 3);
	int queue = msgget(IPC_PRIVATE, 0600 | IPC_CREAT);
	struct {long type; char text[8];} message = {7, "egg"};
	mqd_t jobs = mq_open("/jobs", O_RDWR | O_CREAT, 0600, 0);
	int fd = open("/tmp/f", O_RDWR | O_CREAT, 0600);
	write(fd, "abcdef", 6);
	lseek(fd, 2, SEEK_SET);
	flock(fd, LOCK_EX);
	msgsnd(queue, &message, 3, 0);
	mq_send(jobs, "tea\\n", 4, 5);
	sem_wait(full);
	if (fork() == 0)
		semop(set, &down, 1);
	for (;;)
		sleep(100);
}
`;

test('semaphores, queues and files are shown with what is in them and who sleeps at them', () => {
	const session = sessionOf({objects: program});
	runUntil(session, 100_000);
	const observed = observe(session.machine.kernel);
	const byKey = new Map(objectViews(observed).map(view => [view.key, view]));
	const view = (key: string): ObjectView =>
		byKey.get(key) ?? assert.fail(`${key} of ${[...byKey.keys()].join()}`);
	assert.equal(view('sem:0').value, '[0 0]');
	assert.deepEqual([...view('sem:0').blocked], ['objects(4)']);
	assert.equal(view('sem:/full').value, '2');
	assert.deepEqual(view('sem:/full').users.map(groupText), ['objects(3) objects(4)']);
	assert.equal(view('msg:0').text, '7:"egg"');
	assert.deepEqual([view('msg:0').count, view('msg:0').size], [1, 3]);
	assert.equal(view('mq:/jobs').text, '5:"tea\\n"');
	const file = view('file:/tmp/f');
	assert.equal(file.size, 6);
	assert.deepEqual(file.offsets, [2]);
	assert.match(file.users.map(groupText).join(), /^objects\(3\):\d+ objects\(4\):\d+ @2$/);
	assert.equal(file.text, 'flock exclusive objects(3)');
	assert.ok(
		sharedViews(observed, []).every(item => item.kind !== 'memory' || !item.name.includes('sem.')),
		'a semaphore is not listed as memory as well',
	);
});

test('a file is listed with its first bytes, open or not, until its name is gone', () => {
	const session = sessionOf({
		files: `
#include <fcntl.h>
#include <unistd.h>
int main(void) {
	int fd = open("/tmp/note", O_WRONLY | O_CREAT, 0600);
	write(fd, "one\\n", 4);
	usleep(1000);
	close(fd);
	usleep(1000);
	unlink("/tmp/note");
	pause();
}
`,
	});
	const noteAt = (cycle: number): ObjectView | undefined => {
		runUntil(session, cycle);
		return objectViews(observe(session.machine.kernel)).find(({key}) => key === 'file:/tmp/note');
	};
	const open = noteAt(5000);
	assert.deepEqual([open?.bytes, open?.users.map(groupText)], ['one\\n', ['files(3):3 @4']]);
	const closed = noteAt(15_000);
	assert.deepEqual([closed?.bytes, closed?.size, closed?.users], ['one\\n', 4, []]);
	assert.equal(noteAt(40_000), undefined);
	assert.deepEqual(objectViews(observe(session.machine.kernel)), []);
});
