// Finishing the first steps ticks the task of each class that this phone has come to, and no other task.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepToken } from '../../../../web-components/show/class-tokens.ts';
import { memoryStorage } from '../../../../web-components/show/storage.ts';
import { tickFirstSteps } from '../../../../web-components/studio/training/first-steps/class-task.ts';

const SERVER = 'https://box.example';
let asked: string[];
let calls: number;
let tasks: Record<string, { id: string; isFirstSteps: boolean; doneAt: number | null }[]>;

beforeEach(() => {
  asked = [];
  calls = 0;
  vi.stubGlobal('localStorage', memoryStorage());
  vi.stubGlobal('fetch', async (url: string | URL, { method = 'GET', headers, body }: RequestInit) => {
    calls += 1;
    const who = new Headers(headers).get('authorization')?.replace('Bearer ', '') ?? '';
    if (method !== 'GET') asked.push(`${who} ${method} ${url} ${body}`);
    return tasks[who] ? Response.json({ tasks: tasks[who] }) : Response.json({ code: 'not-found' }, { status: 404 });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it('ticks what asks for the first steps, once, in every class', async () => {
  tasks = {
    li: [
      { id: 'tsk_steps', isFirstSteps: true, doneAt: null },
      { id: 'tsk_photos', isFirstSteps: false, doneAt: null },
    ],
    li2: [{ id: 'tsk_before', isFirstSteps: true, doneAt: 5 }],
  };
  // The third class has forgotten this phone.
  for (const token of ['li', 'li2', 'gone']) keepToken({ classId: `cls_${token}`, token });
  await tickFirstSteps(SERVER);
  expect(asked).toEqual([`li PUT ${SERVER}/api/v1/me/class/tasks/tsk_steps {"isDone":true}`]);
});

it('asks nobody on a phone that has come to no class', async () => {
  tasks = {};
  await tickFirstSteps(SERVER);
  expect(calls).toBe(0);
});
